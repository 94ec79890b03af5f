using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Formatting;
using MapReduce.Cli.Commands;
using MapReduce.Remote;
using MapReduce.Scheduling;

namespace MapReduce.Cli.Cluster;

/// <summary><c>mapreduce worker ...</c>: the workers of a cluster.</summary>
internal sealed class WorkerCommand(CliHost host)
{
    public Command Build()
    {
        var command = new Command("worker", "List, show, drain and resume the workers of a cluster.")
        {
            List(),
            Show(),
            Change("drain", "Ask a worker to take no more tasks; what it runs goes on.", "drains: it takes no more tasks", (cluster, id) => cluster.DrainAsync(id)),
            Change("resume", "Ask a worker to take tasks again.", "takes tasks again", (cluster, id) => cluster.ResumeAsync(id)),
        };
        HelpExamples.Add(command, ("Which workers there are", "mapreduce worker list"), ("Take a worker out of service", "mapreduce worker drain w-0123456789abcdef"));
        return command;
    }

    private Command List()
    {
        var json = ClusterCommand.Json();
        return ClusterCommand.Create(host, "list", "List the workers of a cluster.", "mapreduce worker list", [json], async (parsed, cluster, _) =>
        {
            var workers = await cluster.WorkersAsync();
            if (parsed.GetValue(json)) foreach (var worker in workers) host.Out.WriteLine(ClusterJson.Line(worker));
            else if (workers.Count > 0) Table.Write(host.Out, [["id", "state", "slots", "seen", "address"], .. workers.Select(Row)], indent: "");
            else host.Error.WriteLine("no worker is registered.");
            return ExitCode.Ok;
        });
    }

    private Command Show()
    {
        var id = ClusterCommand.WorkerId();
        var json = ClusterCommand.Json();
        return ClusterCommand.Create(host, "show", "Show a worker.", "mapreduce worker show w-0123456789abcdef", [id, json], async (parsed, cluster, _) =>
        {
            var worker = await cluster.WorkerAsync(parsed.GetRequiredValue(id));
            if (parsed.GetValue(json)) host.Out.WriteLine(ClusterJson.Line(worker));
            else Table.Write(host.Out, [.. Rows(worker)], indent: "");
            return ExitCode.Ok;
        });
    }

    private Command Change(string name, string description, string done, Func<ClusterClient, string, Task> change)
    {
        var id = ClusterCommand.WorkerId();
        return ClusterCommand.Create(host, name, description, $"mapreduce worker {name} w-0123456789abcdef", [id], async (parsed, cluster, _) =>
        {
            await change(cluster, parsed.GetRequiredValue(id));
            host.Out.WriteLine($"worker {parsed.GetRequiredValue(id)} {done}");
            return ExitCode.Ok;
        });
    }

    private static string[] Row(WorkerView worker) =>
        [worker.Registration.Id, State(worker), $"{worker.Registration.Slots}", Seen(worker), worker.Registration.Address ?? ""];

    private static IEnumerable<string[]> Rows(WorkerView worker)
    {
        yield return ["id", worker.Registration.Id];
        yield return ["state", State(worker)];
        yield return ["slots", $"{worker.Registration.Slots}"];
        yield return ["seen", Seen(worker)];
        if (worker.Registration.Address is { } address) yield return ["address", address];
        if (worker.Registration.WorkDirectory is { } directory) yield return ["work directory", directory];
    }

    private static string State(WorkerView worker) => !worker.IsLive ? "lost" : worker.IsDraining ? "draining" : "live";

    private static string Seen(WorkerView worker) => $"{Durations.FormatRough(worker.Age)} ago";
}
