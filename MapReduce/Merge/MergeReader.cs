using System.Runtime.CompilerServices;
using MapReduce.Map;
using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>
/// Merges sorted runs through a tournament tree of losers (Knuth, vol. 3, 5.4.1). Equal keys come in the order of the runs, so the
/// result does not depend on how many passes it took.
/// </summary>
internal sealed unsafe class MergeReader : RecordStream
{
    private readonly RunReader[] _runs;
    private readonly ulong[] _prefixes;
    private readonly bool[] _ended;
    private readonly int[] _losers;
    private readonly int _leaves;
    private int _winner = -1;

    /// <summary>Takes over the runs: it disposes them.</summary>
    public MergeReader(IReadOnlyList<RunReader> runs)
    {
        _runs = [.. runs];
        _leaves = 1;
        while (_leaves < _runs.Length) _leaves *= 2;
        _losers = new int[_leaves];
        _prefixes = new ulong[_leaves];
        _ended = new bool[_leaves];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool MoveNext()
    {
        if (_winner < 0)
        {
            for (var i = 0; i < _leaves; i++) Advance(i);
            _winner = Build(1);
        }
        else
        {
            Advance(_winner);
            _winner = Replay(_winner);
        }

        if (_ended[_winner]) return false;
        var run = _runs[_winner];
        Key = run.Key;
        KeyLength = run.KeyLength;
        Value = run.Value;
        ValueLength = run.ValueLength;
        return true;
    }

    public override void Dispose()
    {
        foreach (var run in _runs) run.Dispose();
    }

    private void Advance(int leaf)
    {
        if (leaf < _runs.Length && _runs[leaf].MoveNext())
        {
            _prefixes[leaf] = PrefixSort.Prefix(_runs[leaf].Key, _runs[leaf].KeyLength);
            return;
        }

        _prefixes[leaf] = ulong.MaxValue;
        _ended[leaf] = true;
    }

    private int Build(int node)
    {
        if (node >= _leaves) return node - _leaves;
        int left = Build(2 * node), right = Build((2 * node) + 1);
        if (IsBefore(left, right))
        {
            _losers[node] = right;
            return left;
        }

        _losers[node] = left;
        return right;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Replay(int winner)
    {
        for (var node = (winner + _leaves) >> 1; node >= 1; node >>= 1)
        {
            var loser = _losers[node];
            if (!IsBefore(loser, winner)) continue;
            _losers[node] = winner;
            winner = loser;
        }

        return winner;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsBefore(int left, int right)
    {
        ulong leftPrefix = _prefixes[left], rightPrefix = _prefixes[right];
        return leftPrefix != rightPrefix ? leftPrefix < rightPrefix : IsBeforeInTie(left, right);
    }

    private bool IsBeforeInTie(int left, int right)
    {
        if (_ended[left] || _ended[right]) return !_ended[left] && _ended[right];
        var order = _runs[left].KeySpan.SequenceCompareTo(_runs[right].KeySpan);
        return order != 0 ? order < 0 : left < right;
    }
}
