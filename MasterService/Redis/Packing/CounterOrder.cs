using System.Runtime.InteropServices;
using MapReduce.Counters;

namespace MapReduce.MasterService.Redis.Packing;

/// <summary>
/// Sets of counters, packed as bare numbers in an order of names that all sets share. Not safe for concurrent use.
/// </summary>
internal sealed class CounterOrder
{
    // Above this a double, the scripts' only kind of number, is not exact: such a value travels as text.
    private const long Exact = 1L << 53;

    private readonly List<string> _names;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<long[]> _sets = [];

    /// <summary>Begins with the names that are known.</summary>
    public CounterOrder(IReadOnlyList<string> known)
    {
        _names = [.. known];
        for (var i = 0; i < _names.Count; i++) _places.Add(_names[i], i);
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Adds a set, and appends the names that are new.</summary>
    public void Add(CounterSet counters)
    {
        // A set is enumerated once: to put its names in order costs more than all else here.
        var values = new long[Math.Max(_names.Count, counters.Count)];
        var length = 0;
        foreach (var (name, value) in counters)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, name, out var isKnown);
            if (!isKnown)
            {
                place = _names.Count;
                _names.Add(name);
            }
            if (place >= values.Length) Array.Resize(ref values, Math.Max(place + 1, values.Length * 2));
            values[place] = value;
            length = Math.Max(length, place + 1);
        }
        _sets.Add(values[..length]);
    }

    public byte[] PackNames()
    {
        var writer = new PackWriter().Array(_names.Count);
        foreach (var name in _names) writer.Text(name);
        return writer.ToArray();
    }

    /// <summary>The sums of all sets; nothing when one of them is not exact.</summary>
    public byte[] PackSums()
    {
        var sums = new long[_names.Count];
        foreach (var set in _sets)
        {
            for (var i = 0; i < set.Length; i++)
            {
                var sum = sums[i];
                if (!IsExact(set[i]) || !IsExact(sum + set[i])) return [];
                sums[i] = sum + set[i];
            }
        }
        var writer = new PackWriter().Array(sums.Length);
        foreach (var sum in sums) writer.Integer(sum);
        return writer.ToArray();
    }

    /// <summary>The values of a set, by place, as far as the last that is not zero; nothing for an empty set.</summary>
    /// <param name="index">The number of the set, in the order in which they were added.</param>
    public byte[] Pack(int index)
    {
        var set = _sets[index];
        if (set.Length == 0) return [];
        var writer = new PackWriter().Array(set.Length);
        foreach (var value in set)
        {
            if (IsExact(value)) writer.Integer(value);
            else writer.Text($"{value}");
        }
        return writer.ToArray();
    }

    private static bool IsExact(long value) => value is > -Exact and < Exact;
}
