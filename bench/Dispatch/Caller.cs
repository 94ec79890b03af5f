using System.Diagnostics;
using MapReduce.Counters;
using MapReduce.Protocol;

namespace Dispatch;

/// <summary>A worker that does nothing but report what it has and ask for more.</summary>
/// <param name="master">The way to the master.</param>
/// <param name="id">The worker's id.</param>
/// <param name="batch">Tasks reported and asked for in one call.</param>
internal sealed class Caller(IMasterClient master, string id, int batch)
{
    private readonly List<double> _milliseconds = [];

    /// <summary>Tasks that were claimed and completed.</summary>
    public long Done { get; private set; }

    /// <summary>How long each exchange took.</summary>
    public IReadOnlyList<double> Milliseconds => _milliseconds;

    public async Task RunAsync(CancellationToken stop)
    {
        await master.RegisterAsync(new WorkerRegistration(id, batch), CancellationToken.None);
        IReadOnlyList<TaskLease> held = [];
        while (!stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await master.ExchangeAsync(id, [.. held.Select(Complete)], batch, CancellationToken.None);
            _milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            var lost = answer.Answers.Count(each => each != CompleteAnswer.Ok);
            if (lost > 0) throw new InvalidOperationException($"{lost} of {held.Count} completed tasks were refused: is another program at work on this cluster?");
            Done += held.Count;
            held = answer.Leases;
            if (held.Count == 0) return;
        }
        await master.ExchangeAsync(id, [.. held.Select(Complete)], 0, CancellationToken.None);
    }

    // Eight counters, as a word count has them.
    private static CompletedAttempt Complete(TaskLease lease)
    {
        var counters = new CounterSet();
        foreach (var name in (ReadOnlySpan<string>)["INPUT_BYTES", "INPUT_RECORDS", "MAP_OUTPUT_BYTES", "MAP_OUTPUT_RECORDS", "COMBINE_INPUT", "COMBINE_OUTPUT", "SPILLED_RECORDS", "CPU_MILLISECONDS"])
            counters.Add(name, 1_000 + lease.Task.Index);
        return new CompletedAttempt(new LeaseRef(lease.JobId, lease.Task, lease.Token), new AttemptResult { Bytes = 12_345, Counters = counters, SpanId = 1 });
    }
}
