using MapReduce.Protocol;

namespace AppHost.Tests.Scenarios;

/// <summary>A job that has ended, and its output.</summary>
/// <param name="Status">Its final status.</param>
/// <param name="Output">The output directory.</param>
internal sealed record Finished(JobStatus Status, string Output)
{
    /// <summary>The lines of all parts, in ordinal order.</summary>
    public IEnumerable<string> Lines => Parts.SelectMany(File.ReadLines).Order(StringComparer.Ordinal);

    /// <summary>The parts, in order.</summary>
    public IEnumerable<string> Parts => Directory.GetFiles(Output, "part-*").Order(StringComparer.Ordinal);

    /// <summary>The number on the one line that begins with a word.</summary>
    public int Number(string word) => int.Parse(Assert.Single(Lines, line => line.StartsWith(word + '\t', StringComparison.Ordinal))[(word.Length + 1)..]);
}
