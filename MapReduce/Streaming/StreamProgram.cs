using System.Diagnostics;
using System.Globalization;

namespace MapReduce.Streaming;

/// <summary>A command and the files that it needs. Immutable.</summary>
internal sealed record StreamProgram(StreamCommand Command, StreamFiles Files)
{
    /// <summary>Starts it for an attempt.</summary>
    /// <exception cref="ProcessFailedException">It cannot be started.</exception>
    public FilterProcess Start(TaskContext task, TakeLines take)
    {
        var directory = Files.WorkingDirectory(task);
        var program = Command.Find(directory);
        var start = new ProcessStartInfo(ProcessGroup.Leader ?? program)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (ProcessGroup.Leader is not null) start.ArgumentList.Add(program);
        foreach (var word in Command.Words.Skip(1)) start.ArgumentList.Add(word);
        foreach (var (name, value) in Variables(task)) start.Environment[name] = value;
        return new FilterProcess(Command, start, task, take);
    }

    // The names and forms that Hadoop gives them, with underscores for the dots.
    private static IEnumerable<(string Name, string Value)> Variables(TaskContext task)
    {
        var kind = task.Task.Kind == Protocol.TaskKind.Reduce ? 'r' : 'm';
        var id = string.Create(CultureInfo.InvariantCulture, $"{task.JobId}_{kind}_{task.Task.Index:D6}");
        yield return ("mapreduce_job_id", $"job_{task.JobId}");
        yield return ("mapreduce_job_name", task.Lease.Spec.Name ?? task.Lease.Spec.Job);
        yield return ("mapreduce_job_reduces", Text(task.Lease.Reducers));
        yield return ("mapreduce_task_id", $"task_{id}");
        yield return ("mapreduce_task_attempt_id", $"attempt_{id}_{Text(task.Attempt - 1)}");
        yield return ("mapreduce_task_partition", Text(task.Task.Index));
        yield return ("mapreduce_task_ismap", kind == 'm' ? "true" : "false");
        if (task.Lease.Split?.Pieces.FirstOrDefault(piece => piece.Path == task.InputPath) is not { Path: not null } input) yield break;
        yield return ("mapreduce_map_input_file", input.Path);
        yield return ("mapreduce_map_input_start", Text(input.Offset));
        yield return ("mapreduce_map_input_length", Text(input.Length));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
