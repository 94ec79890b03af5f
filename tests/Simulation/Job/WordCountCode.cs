using System.Text;

namespace Simulation.Job;

/// <summary>The job's code, as small as it can be: what the engine does with megabytes, done with lines.</summary>
internal static class WordCountCode
{
    public static int Partition(string word, int reducers) => word.Sum(c => c) % reducers;

    public static SortedDictionary<string, long> Count(IEnumerable<string> words)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var word in words) counts[word] = counts.GetValueOrDefault(word) + 1;
        return counts;
    }

    public static string Format(SortedDictionary<string, long> counts) =>
        string.Concat(counts.Select(pair => $"{pair.Key}\t{pair.Value}\n"));

    /// <summary>A map output: for each partition a line, in it the words of the split.</summary>
    public static string MapOutput(string text, int reducers)
    {
        var words = text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var output = new StringBuilder();
        for (var partition = 0; partition < reducers; partition++) output.AppendJoin(' ', words.Where(word => Partition(word, reducers) == partition)).Append('\n');
        return output.Append("end").ToString();
    }

    /// <summary>The words of one partition of a map output; null when the output is not whole.</summary>
    public static string[]? Segment(string mapOutput, int partition, int reducers)
    {
        var lines = mapOutput.Split('\n');
        return lines.Length == reducers + 1 && lines[^1] == "end" ? lines[partition].Split(' ', StringSplitOptions.RemoveEmptyEntries) : null;
    }
}
