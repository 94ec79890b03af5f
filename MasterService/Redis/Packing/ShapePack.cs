using MapReduce.Scheduling;

namespace MapReduce.MasterService.Redis.Packing;

/// <summary>A job's shape, twice: whole for the callers, and what of it the scripts read.</summary>
internal static class ShapePack
{
    public static byte[] Write(JobShape shape)
    {
        var writer = new PackWriter().Text(shape.JobId).Text(shape.Fingerprint).Integer(shape.Lease.Ticks)
            .Integer(shape.MaxAttempts).Integer(shape.MaxDeaths).Integer(shape.Priority)
            .Integer(shape.SubmittedAt.Ticks).Integer(shape.SubmittedAt.Offset.Ticks)
            .Boolean(shape.IsRestored).Array(shape.Steps.Count);
        foreach (var step in shape.Steps) writer.Boolean(step.IsSampled).Integer(step.Maps).Integer(step.Reduces);
        return writer.ToArray();
    }

    public static JobShape Read(byte[] packed)
    {
        var reader = new PackReader(packed);
        return new JobShape
        {
            JobId = reader.Text(),
            Fingerprint = reader.Text(),
            Lease = TimeSpan.FromTicks(reader.Integer()),
            MaxAttempts = reader.Int32(),
            MaxDeaths = reader.Int32(),
            Priority = reader.Int32(),
            SubmittedAt = new DateTimeOffset(reader.Integer(), TimeSpan.FromTicks(reader.Integer())),
            IsRestored = reader.Boolean(),
            Steps = Steps(ref reader),
        };
    }

    /// <summary>Lease in microseconds and as text in seconds, limits, and three sizes a step.</summary>
    public static byte[] WritePlan(JobShape shape)
    {
        var writer = new PackWriter().Integer(RedisTime.Microseconds(shape.Lease)).Text($"{shape.Lease.TotalSeconds}")
            .Integer(shape.MaxAttempts).Integer(shape.MaxDeaths).Array(shape.Steps.Count * 3);
        foreach (var step in shape.Steps) writer.Boolean(step.IsSampled).Integer(step.Maps).Integer(step.Reduces);
        return writer.ToArray();
    }

    private static StepSize[] Steps(ref PackReader reader)
    {
        var steps = new StepSize[reader.Array()];
        for (var i = 0; i < steps.Length; i++) steps[i] = new StepSize(reader.Boolean(), reader.Int32(), reader.Int32());
        return steps;
    }
}
