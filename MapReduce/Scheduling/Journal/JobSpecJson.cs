using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Journal;

/// <summary>A job's description as JSON. Times are written as <c>hh:mm:ss</c>, with days and fractions where there are any.</summary>
internal static class JobSpecJson
{
    public static void Write(Utf8JsonWriter writer, JobSpec spec)
    {
        writer.WriteStartObject();
        writer.WriteString("job", spec.Job);
        writer.WriteString("name", spec.Name);
        writer.WriteString("options", spec.Options);
        writer.WriteTexts("inputs", spec.Inputs);
        writer.WriteString("output", spec.Output);
        writer.WriteBoolean("overwrite", spec.Overwrite);
        writer.WriteNumber("reducers", spec.Reducers);
        writer.WriteNumber("splitSize", spec.SplitSize);
        writer.WriteNumber("memoryPerSlot", spec.MemoryPerSlot);
        writer.WriteNumber("slots", spec.Slots);
        writer.WriteString("lease", Text(spec.Lease));
        writer.WriteNumber("maxAttempts", spec.MaxAttempts);
        writer.WriteNumber("maxDeaths", spec.MaxDeaths);
        writer.WriteString("taskTimeout", Text(spec.TaskTimeout));
        writer.WriteString("jobTimeout", spec.JobTimeout is { } limit ? Text(limit) : null);
        writer.WriteNumber("skipBadRecords", spec.SkipBadRecords);
        writer.WriteNumber("priority", spec.Priority);
        writer.WriteStartArray("inputShapes");
        foreach (var shape in spec.InputShapes) Write(writer, shape);
        writer.WriteEndArray();
        writer.WriteStartArray("steps");
        foreach (var step in spec.Steps) Write(writer, step);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static JobSpec Read(JsonElement spec) => new()
    {
        Job = spec.Text("job"),
        Name = spec.OptionalText("name"),
        Options = spec.Text("options"),
        Inputs = spec.GetProperty("inputs").List(input => input.GetString()!),
        Output = spec.Text("output"),
        Overwrite = spec.GetProperty("overwrite").GetBoolean(),
        Reducers = spec.GetProperty("reducers").GetInt32(),
        SplitSize = spec.GetProperty("splitSize").GetInt64(),
        MemoryPerSlot = spec.GetProperty("memoryPerSlot").GetInt64(),
        Slots = spec.GetProperty("slots").GetInt32(),
        Lease = Time(spec.Text("lease")),
        MaxAttempts = spec.GetProperty("maxAttempts").GetInt32(),
        MaxDeaths = spec.GetProperty("maxDeaths").GetInt32(),
        TaskTimeout = Time(spec.Text("taskTimeout")),
        JobTimeout = spec.OptionalText("jobTimeout") is { } limit ? Time(limit) : null,
        SkipBadRecords = spec.GetProperty("skipBadRecords").GetInt64(),
        Priority = spec.GetProperty("priority").GetInt32(),
        InputShapes = spec.GetProperty("inputShapes").List(ReadShape),
        Steps = spec.GetProperty("steps").List(ReadStep),
    };

    private static void Write(Utf8JsonWriter writer, InputShape shape)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("isSplittable", shape.IsSplittable);
        writer.WriteBoolean("isText", shape.IsText);
        writer.WriteString("name", shape.Name);
        writer.WriteNumber("step", shape.Step);
        writer.WriteEndObject();
    }

    private static InputShape ReadShape(JsonElement shape) =>
        new(shape.GetProperty("isSplittable").GetBoolean(), shape.GetProperty("isText").GetBoolean(), shape.OptionalText("name"), shape.GetProperty("step").GetInt32());

    private static void Write(Utf8JsonWriter writer, StepShape step)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("hasReduce", step.HasReduce);
        writer.WriteBoolean("isSampled", step.IsSampled);
        writer.WriteBoolean("folds", step.Folds);
        writer.WriteEndObject();
    }

    private static StepShape ReadStep(JsonElement step) =>
        new(step.GetProperty("hasReduce").GetBoolean(), step.GetProperty("isSampled").GetBoolean(), step.GetProperty("folds").GetBoolean());

    private static string Text(TimeSpan time) => time.ToString("c");

    private static TimeSpan Time(string text) => TimeSpan.ParseExact(text, "c", null);
}
