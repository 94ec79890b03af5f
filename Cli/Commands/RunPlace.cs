using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Progress;
using MapReduce.Cli.Cluster;
using MapReduce.Cli.Tracing;

namespace MapReduce.Cli.Commands;

/// <summary>The arguments that say where a job runs, in this process or on a cluster, and the run there.</summary>
internal sealed class RunPlace(JobCatalog catalog, RunCluster cluster, CliHost host)
{
    private readonly SharedArguments _shared = new();
    private readonly ClusterOptions _cluster = new();
    private readonly LocalArguments _local = new();

    public void AddTo(Command command)
    {
        _local.AddTo(command);
        _cluster.AddTo(command);
        _shared.AddTo(command);
    }

    /// <summary>Runs a job of the catalog to its end.</summary>
    /// <exception cref="UsageException">An argument is not for this place.</exception>
    public Task<int> RunAsync(ParseResult parsed, RunRequest request)
    {
        var master = _cluster.Find(parsed, host);
        request = master is null ? Local(parsed, request) : Remote(parsed, request);
        IRunTarget target = !catalog.TryFind(request.Job, out var job) ? new UnknownJob(catalog)
            : master is null ? new LocalTarget(job, cluster, host)
            : new RemoteTarget(job, master, host);
        return CommandTrace.RunAsync(host, $"mapreduce run {request.Job}", async span =>
        {
            var result = await new JobRun(target, host, RunView.For(host, request.Json)).RunAsync(request);
            span.Tell(result);
            return result.ExitCode;
        });
    }

    private RunRequest Remote(ParseResult parsed, RunRequest request)
    {
        Refuse(_local.Given(parsed), $"is for a run in this process: leave it out, or the master (--master, {ClusterTarget.MasterVariable}).");
        return _shared.AddTo(request, parsed);
    }

    private RunRequest Local(ParseResult parsed, RunRequest request)
    {
        Refuse(_shared.Given(parsed), $"is for a cluster: leave it out, or name one with --master or {ClusterTarget.MasterVariable}.");
        return _local.AddTo(request, parsed);
    }

    private static void Refuse(IEnumerable<string> options, string why)
    {
        if (options.FirstOrDefault() is { } option) throw new UsageException($"{option} {why}");
    }
}
