using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce jobs [name]</c>: which jobs there are, and what one of them takes.</summary>
internal sealed class JobsCommand(JobCatalog catalog, CliHost host)
{
    public Command Build()
    {
        var name = new Argument<string?>("name") { Description = "Show the options of this job.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("jobs", "List the built-in jobs with their options, or explain those of one.") { name };
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
        JobOptionsText.Write(host.Out, job);
        host.Out.WriteLine();
        host.Out.WriteLine(JobOptionsText.Command($"mapreduce run {job.Name}", job, "<input>...", "DIR"));
        return ExitCode.Ok;
    }

    private int List()
    {
        var indent = catalog.Jobs.Select(job => job.Name.Length).DefaultIfEmpty().Max() + 2;
        foreach (var job in catalog.Jobs)
        {
            host.Out.WriteLine($"{job.Name.PadRight(indent)}{job.Summary}");
            if (job.InputNames.Count > 0) host.Out.WriteLine($"{new string(' ', indent)}inputs: {string.Join(", ", job.InputNames)}");
            if (job.Options.Count > 0) host.Out.WriteLine($"{new string(' ', indent)}{JobOptionsText.Brief(job)}");
        }
        return ExitCode.Ok;
    }
}
