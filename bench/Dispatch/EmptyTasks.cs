using MapReduce.Protocol;

namespace Dispatch;

/// <summary>A job of many map tasks that nobody computes: each is one byte of a file without content.</summary>
internal static class EmptyTasks
{
    public static JobSpec Job(string folder, int tasks)
    {
        Directory.CreateDirectory(folder);
        var input = Path.Combine(folder, $"{tasks}.bytes");
        // Sparse: it takes no room and is never read.
        using (var file = File.Create(input)) file.SetLength(tasks);
        return new JobSpec
        {
            Job = "empty",
            Inputs = [input],
            Output = Path.Combine(folder, $"out-{Guid.NewGuid():n}"),
            SplitSize = 1,
            Reducers = 1,
            Steps = [new StepShape(HasReduce: true, IsSampled: false, Folds: true)],
        };
    }
}
