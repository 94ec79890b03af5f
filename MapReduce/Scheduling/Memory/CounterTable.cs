using MapReduce.Counters;

namespace MapReduce.Scheduling.Memory;

/// <summary>
/// The names of a job's counters. A winner's counters are kept only to be taken out again should it be invalidated, which is
/// rare, so that they are stored as numbers by the position of their name: a tenth of a set's size.
/// </summary>
internal sealed class CounterTable
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _positions = [];

    public long[] Pack(CounterSet counters)
    {
        foreach (var (name, _) in counters)
        {
            if (!_positions.TryAdd(name, _names.Count)) continue;
            _names.Add(name);
        }
        var packed = new long[_names.Count];
        foreach (var (name, value) in counters) packed[_positions[name]] = value;
        return packed;
    }

    public void Subtract(CounterSet totals, long[] packed)
    {
        for (var i = 0; i < packed.Length; i++) totals.Add(_names[i], -packed[i]);
    }

    public CounterTable Clone()
    {
        var copy = new CounterTable();
        copy._names.AddRange(_names);
        foreach (var (name, position) in _positions) copy._positions.Add(name, position);
        return copy;
    }
}
