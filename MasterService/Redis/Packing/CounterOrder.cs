using MapReduce.Counters;

namespace MapReduce.MasterService.Redis.Packing;

/// <summary>An order of counter names, by which counters are packed as bare numbers. Not safe for concurrent use.</summary>
internal sealed class CounterOrder
{
    // Above this a double, the scripts' only kind of number, is not exact: such a value travels as text.
    private const long Exact = 1L << 53;

    private readonly List<string> _names;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Begins with the names that are known.</summary>
    public CounterOrder(IReadOnlyList<string> known)
    {
        _names = [.. known];
        for (var i = 0; i < _names.Count; i++) _places.Add(_names[i], i);
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Appends the names that are new.</summary>
    public void Add(CounterSet counters)
    {
        foreach (var (name, _) in counters)
            if (_places.TryAdd(name, _names.Count)) _names.Add(name);
    }

    public byte[] PackNames()
    {
        var writer = new PackWriter().Array(_names.Count);
        foreach (var name in _names) writer.Text(name);
        return writer.ToArray();
    }

    /// <summary>The sums of several; nothing when one of them is not exact.</summary>
    public byte[] PackSums(IEnumerable<CounterSet> all)
    {
        var sums = new long[_names.Count];
        foreach (var counters in all)
        {
            foreach (var (name, value) in counters)
            {
                ref var sum = ref sums[_places[name]];
                if (value is <= -Exact or >= Exact || sum + value is <= -Exact or >= Exact) return [];
                sum += value;
            }
        }
        var writer = new PackWriter().Array(sums.Length);
        foreach (var sum in sums) writer.Integer(sum);
        return writer.ToArray();
    }

    /// <summary>The values by place, as far as the last that is not zero.</summary>
    public byte[] Pack(CounterSet counters)
    {
        if (counters.Count == 0) return [];
        var values = new long[_names.Count];
        var length = 0;
        foreach (var (name, value) in counters)
        {
            var place = _places[name];
            values[place] = value;
            length = Math.Max(length, place + 1);
        }
        var writer = new PackWriter().Array(length);
        foreach (var value in values.AsSpan(0, length))
        {
            if (value is > -Exact and < Exact) writer.Integer(value);
            else writer.Text($"{value}");
        }
        return writer.ToArray();
    }
}
