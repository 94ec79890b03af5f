namespace Simulation.World;

/// <summary>What happened, line by line; the last lines are shown when a run fails.</summary>
internal sealed class Trace
{
    private readonly List<string> _lines = [];

    public int Count => _lines.Count;

    public void Add(TimeSpan at, string line) => _lines.Add($"{at.TotalSeconds,9:F3} {line}");

    public string Tail(int lines) => string.Join('\n', _lines.Skip(Math.Max(0, _lines.Count - lines)));

    public override string ToString() => Tail(int.MaxValue);
}
