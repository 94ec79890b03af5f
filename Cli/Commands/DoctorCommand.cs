using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Formatting;
using MapReduce.Cli.Doctor;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce doctor</c>: whether this machine can run jobs, with the fix beside what is wrong.</summary>
internal sealed class DoctorCommand(CliHost host)
{
    public Command Build()
    {
        var command = new Command("doctor", "Check that this machine can run jobs and a cluster; each problem is shown with its fix.");
        HelpExamples.Add(command, ("Check the machine and the current directory", "mapreduce doctor"));
        command.SetAction(_ => Show(Checks.Run(Environment.CurrentDirectory, Path.GetTempPath())));
        return command;
    }

    private int Show(IReadOnlyList<Finding> findings)
    {
        Table.Write(host.Out, [.. findings.Select(finding => new[] { Mark(finding.Health), finding.Subject, finding.Text })], indent: "");
        foreach (var finding in findings)
            if (finding.Fix is { } fix) host.Out.WriteLine($"fix {finding.Subject}: {fix}");
        return findings.Any(finding => finding.Health == Health.Broken) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static string Mark(Health health) => health switch { Health.Good => "ok", Health.Poor => "warn", _ => "FAIL" };
}
