using System.Diagnostics.CodeAnalysis;
using MapReduce.Counters;
using MapReduce.Memory;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Spill;

namespace MapReduce.Testing;

/// <summary>Keeps what the attempts of a run write, record by record.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The workspace owns nothing.")]
internal sealed class RecordWatch(MemoryPool memory)
{
    private readonly Dictionary<(TaskId Task, string Token), List<WrittenOutput>> _written = [];
    private readonly Workspace _workspace = new(new MemoryFiles(), "", 0, memory, new AttemptCounters(), new AttemptProgress(), CancellationToken.None);

    /// <summary>Watches an attempt.</summary>
    public IRecordWatch Begin(TaskLease lease)
    {
        var written = _written[(lease.Task, lease.Token)] = [];
        return new OfAttempt(written, _workspace);
    }

    /// <summary>What the winners wrote, in the order of the tasks.</summary>
    public IReadOnlyList<WrittenOutput> Of(IReadOnlyDictionary<TaskId, string> winners) =>
        [.. winners.OrderBy(winner => (winner.Key.Step, winner.Key.Kind, winner.Key.Index)).SelectMany(winner => _written.GetValueOrDefault((winner.Key, winner.Value)) ?? [])];

    private sealed class OfAttempt(List<WrittenOutput> written, Workspace workspace) : IRecordWatch
    {
        public OutputFormat<TKey, TValue> Watch<TKey, TValue>(string output, OutputFormat<TKey, TValue> format)
            where TKey : allows ref struct
            where TValue : allows ref struct
        {
            var records = new WrittenOutput(output, typeof(TKey), typeof(TValue));
            written.Add(records);
            return new WatchedFormat<TKey, TValue>(format, records, workspace);
        }
    }
}
