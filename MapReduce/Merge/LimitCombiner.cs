using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>Keeps the first values of each key, in the order by which they are sorted: no more of them can be among the first at the end.</summary>
/// <param name="limit">Values of a key that are kept, at least 1.</param>
/// <param name="keyLength">Bytes of every key at the front of what records are sorted by, or -1 when they vary and show their end.</param>
/// <param name="workspace">Counts what is combined.</param>
internal sealed unsafe class LimitCombiner(int limit, int keyLength, Workspace workspace) : RunCombiner
{
    private byte[] _key = new byte[256];

    public override void Combine(RecordStream sorted, RunWriter output)
    {
        var current = -1;
        var kept = 0;
        while (sorted.MoveNext())
        {
            workspace.Counters.CombineInputRecords++;
            if (current < 0 || !sorted.KeySpan.StartsWith(_key.AsSpan(0, current)))
            {
                current = Remember(sorted.KeySpan);
                kept = 0;
            }

            if (kept == limit) continue;
            kept++;
            output.Append(sorted.Key, sorted.KeyLength, sorted.Value, sorted.ValueLength);
            workspace.Counters.CombineOutputRecords++;
        }
    }

    private int Remember(ReadOnlySpan<byte> sortKey)
    {
        var key = sortKey[..(keyLength >= 0 ? keyLength : SelfDelimited.Length(sortKey, typeof(byte[]), out _))];
        if (_key.Length < key.Length) _key = new byte[key.Length * 2];
        key.CopyTo(_key);
        return key.Length;
    }
}
