using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Simulation.World;

/// <summary>What happened, line by line. Nothing is kept, nor any line made, unless somebody wants to read it.</summary>
internal sealed class Trace(bool isOn)
{
    private readonly List<string> _lines = [];

    public bool IsOn => isOn;

    public void Add(TimeSpan at, string line) => _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,9:F3} {line}"));

    public string Tail(int lines) => string.Join('\n', _lines.Skip(Math.Max(0, _lines.Count - lines)));

    public override string ToString() => Tail(int.MaxValue);
}

/// <summary>A line of the trace: its parts are not even looked at while no trace is kept.</summary>
[InterpolatedStringHandler]
internal readonly ref struct TraceLine
{
    private readonly StringBuilder? _text;

    public TraceLine(int literalLength, int formattedCount, VirtualWorld world, out bool isOn)
    {
        isOn = world.Trace.IsOn;
        if (isOn) _text = new StringBuilder(literalLength + (formattedCount * 8));
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value, string? format = null) =>
        _text!.Append(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

    public override string ToString() => _text!.ToString();
}
