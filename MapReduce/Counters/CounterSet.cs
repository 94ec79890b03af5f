using System.Collections;

namespace MapReduce.Counters;

/// <summary>Named totals of an attempt, a task or a job, ordered by name. Not safe for concurrent use.</summary>
public sealed class CounterSet : IReadOnlyCollection<KeyValuePair<string, long>>
{
    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);

    /// <summary>The value of a counter, 0 when it was never counted.</summary>
    public long this[string name] => _values.GetValueOrDefault(name);

    /// <summary>How many counters there are.</summary>
    public int Count => _values.Count;

    /// <summary>Adds to a counter; a counter at zero is not kept, so that equal totals are equal sets.</summary>
    public void Add(string name, long amount)
    {
        var sum = _values.GetValueOrDefault(name) + amount;
        if (sum == 0) _values.Remove(name);
        else _values[name] = sum;
    }

    /// <summary>Adds all of another set, <paramref name="sign"/> times: 1 to add a winner, -1 to take it out again.</summary>
    public void Add(CounterSet other, int sign = 1)
    {
        foreach (var (name, value) in other) Add(name, sign * value);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, long>> GetEnumerator()
    {
        var names = new string[_values.Count];
        _values.Keys.CopyTo(names, 0);
        // A set that was read from one in order is in order.
        if (!IsAscending(names)) Array.Sort(names, StringComparer.Ordinal);
        foreach (var name in names) yield return KeyValuePair.Create(name, _values[name]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsAscending(string[] names)
    {
        for (var i = 1; i < names.Length; i++)
            if (string.CompareOrdinal(names[i - 1], names[i]) > 0) return false;
        return true;
    }
}
