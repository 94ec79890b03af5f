namespace Bench.Checking;

/// <summary>Reads the answer out of an output, in one form for all programs: text that is equal when the answers are.</summary>
internal static class Answers
{
    /// <summary>Lines in ascending order of bytes over all files, in their order.</summary>
    public static string Sorted(IReadOnlyList<string> files)
    {
        var order = new OrderCheck();
        string digest = Digest(files, order.Add);
        return order.Ascends ? digest : $"{digest}, out of order";
    }

    /// <summary>Words and counts, parted by a tab or a space, ascending within each file.</summary>
    public static string Counts(IReadOnlyList<string> files)
    {
        bool ascends = true;
        var digest = new LineDigest();
        foreach (string file in files)
        {
            var order = new OrderCheck();
            LineReader.Read(file, line =>
            {
                int separator = line.LastIndexOfAny((byte)' ', (byte)'\t');
                if (separator >= 0) line[separator] = (byte)'\t';
                digest.Add(line);
                order.Add(line);
            });
            ascends &= order.Ascends;
        }

        return ascends ? digest.ToString() : $"{digest}, out of order";
    }

    /// <summary>Lines in any order.</summary>
    public static string Lines(IReadOnlyList<string> files) => Digest(files, _ => { });

    /// <summary>The sum of the last field of every line: programs print a total, or one line a file.</summary>
    public static string Total(IReadOnlyList<string> files) =>
        $"{files.SelectMany(File.ReadLines).Sum(line => long.Parse(line.Split('\t', ' ', ':')[^1]))} lines";

    private static string Digest(IReadOnlyList<string> files, Action<ReadOnlySpan<byte>> alsoSee)
    {
        var digest = new LineDigest();
        foreach (string file in files)
        {
            LineReader.Read(file, line =>
            {
                digest.Add(line);
                alsoSee(line);
            });
        }

        return digest.ToString();
    }
}
