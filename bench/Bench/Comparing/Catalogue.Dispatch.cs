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

    private static AnswerSheet Tasks(int count) => new($"{count} empty tasks", () => $"{count} lines", Answers.Total);
}
