namespace Bench.Measuring;

/// <summary>A program to start: its path or name, and its arguments.</summary>
internal sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The file that takes its standard output; null when that does not matter.</summary>
    public string? StandardOutput { get; init; }

    /// <summary>Where it is started; null for the current directory.</summary>
    public string? Directory { get; init; }

    public override string ToString() => string.Join(' ', [Program, .. Arguments.Take(12)]) + (Arguments.Count > 12 ? " ..." : "");
}
