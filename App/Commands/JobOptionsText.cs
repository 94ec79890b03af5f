using MapReduce.App.Formatting;

namespace MapReduce.App.Commands;

/// <summary>The options of a job, for a person.</summary>
internal static class JobOptionsText
{
    /// <summary>The names of its inputs, and a row for each option, under a title.</summary>
    public static void Write(TextWriter output, JobDefinition job)
    {
        if (job.InputNames is { Count: > 0 } names) output.WriteLine($"Inputs of {job.Name} (NAME=PATH, each at least once): {string.Join(", ", names)}");
        if (job.Options.Count == 0)
        {
            output.WriteLine($"{job.Name} has no options.");
            return;
        }
        output.WriteLine($"Options of {job.Name} (--set NAME=VALUE):");
        Table.Write(output, [.. job.Options.Select(Row)]);
    }

    /// <summary>All in one line: <c>case=keep, minLength=1, text (required)</c>.</summary>
    public static string Brief(JobDefinition job) => string.Join(", ", job.Options.Select(Brief));

    /// <summary>A command that runs the job, with what it requires.</summary>
    /// <param name="program">The words before the arguments: <c>mapreduce run grep</c>.</param>
    /// <param name="job">The job.</param>
    /// <param name="input">What stands for the input.</param>
    /// <param name="output">What stands for the output.</param>
    public static string Command(string program, JobDefinition job, string input, string output) =>
        $"{program} {Inputs(job, input)} --output {output}{string.Concat(job.Options.Where(option => option.IsRequired).Select(option => $" --set {option.Name}=..."))}";

    private static string Inputs(JobDefinition job, string input) => job.InputNames.Count == 0 ? input : string.Join(' ', job.InputNames.Select(name => $"{name}={input}"));

    private static string Brief(JobOption option) =>
        option.IsRequired ? $"{option.Name} (required)" : option.Default is { } value ? $"{option.Name}={value}" : option.Name;

    private static string[] Row(JobOption option) =>
        [option.Name, option.Accepts, option.IsRequired ? "required" : option.Default is { } value ? $"default {value}" : "no default", option.Description];
}
