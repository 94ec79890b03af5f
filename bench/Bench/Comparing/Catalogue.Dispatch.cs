using Bench.Checking;
using Bench.Preparing;

namespace Bench.Comparing;

internal sealed partial class Catalogue
{
    private const int Concurrency = 16;

    /// <summary>Empty tasks: ours claims and completes over HTTP, master and Redis in processes of their own; BullMQ speaks to Redis itself.</summary>
    private IEnumerable<Comparison> Dispatches()
    {
        var ours = new Contender($"master and Redis, batches of {Concurrency}", output => _programs.Dispatch(_emptyTasks, Concurrency, output), Tasks(_emptyTasks));
        var theirs = new Contender($"BullMQ, concurrency {Concurrency}", output => _programs.BullMq(_emptyTasks / 2, Concurrency, output), Tasks(_emptyTasks / 2));
        yield return new("dispatch-bullmq", "empty tasks, claim and complete", ours, theirs)
        {
            Bars = [Bar.PerUnit("task", 0.333)],
            Inputs = [],
            Projects = [Programs.Dispatcher, Programs.Master],
            Tools = [Tool.Redis, Tool.Node, Tool.Npm],
        };
    }

    /// <summary>A map output of 64 MiB over one connection: what a worker serves, against a file that the same web server serves.</summary>
    private IEnumerable<Comparison> Shuffles()
    {
        const int mebibytes = 64, reads = 30;
        Contender Way(string name, string way) => new(name, output => _programs.Shuffle(way, mebibytes, reads, output), Reads(reads));
        Comparison Of(string name, string title, Contender ours, double bar) =>
            new(name, title, ours, Way("Results.File", "file")) { Bars = [Bar.PerUnit("byte", bar)], Inputs = [], Projects = [Programs.Shuffler] };
        yield return Of("shuffle-serve", "map output over HTTP, bytes dropped", Way("segments", "segments"), 0.77);
        yield return Of("shuffle-fetch", "map output over HTTP, verified and written", Way("fetch", "fetch"), 2);
    }

    private static AnswerSheet Reads(int count) => new($"{count} reads", () => $"{count} lines", Answers.Total);

    private static AnswerSheet Tasks(int count) => new($"{count} empty tasks", () => $"{count} lines", Answers.Total);
}
