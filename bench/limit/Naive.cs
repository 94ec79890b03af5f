namespace Limit;

/// <summary>What a user would write without a library and without a thought for speed.</summary>
internal static class Naive
{
    public static void Plinq(string output, string[] files)
    {
        var counts = files.SelectMany(File.ReadLines).AsParallel()
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .GroupBy(word => word)
            .Select(group => (Word: group.Key, Count: group.LongCount()))
            .OrderBy(pair => pair.Word, StringComparer.Ordinal);
        File.WriteAllLines(output, counts.Select(pair => $"{pair.Word} {pair.Count}"));
    }
}
