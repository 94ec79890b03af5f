using System.CommandLine;
using MapReduce.Cli.Formatting;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce jobs [name]</c>: which jobs there are, and what one of them takes.</summary>
internal sealed class JobsCommand(JobCatalog catalog, CliHost host)
{
    public Command Build()
    {
        var name = new Argument<string?>("name") { Description = "Show the options of this job.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("jobs", "List the built-in jobs, or the options of one.") { name };
        HelpExamples.Add(command, ("All jobs", "mapreduce jobs"), ("What wordcount takes", "mapreduce jobs wordcount"));
        command.SetAction(parsed => Show(parsed.GetValue(name)));
        return command;
    }

    private int Show(string? name)
    {
        if (name is null) return List();
        if (!catalog.TryFind(name, out var job))
        {
            host.Error.WriteLine($"error: {UnknownJob.Message(catalog, name)}");
            return ExitCode.NotFound;
        }
        host.Out.WriteLine($"{job.Name}: {job.Summary}");
        host.Out.WriteLine();
        if (job.Options.Count == 0)
        {
            host.Out.WriteLine("It has no options.");
        }
        else
        {
            host.Out.WriteLine("Options (--set name=value):");
            Table.Write(host.Out, [.. job.Options.Select(Row)]);
        }
        host.Out.WriteLine();
        var required = string.Concat(job.Options.Where(option => option.IsRequired).Select(option => $" --set {option.Name}=..."));
        host.Out.WriteLine($"mapreduce run {job.Name} <input>... --output DIR{required}");
        return ExitCode.Ok;
    }

    private int List()
    {
        Table.Write(host.Out, [.. catalog.Jobs.Select(job => new[] { job.Name, job.Summary })], indent: "");
        return ExitCode.Ok;
    }

    private static string[] Row(JobOption option) =>
        [option.Name, option.Accepts, option.IsRequired ? "required" : option.Default is { } value ? $"default {value}" : "no default", option.Description];
}
