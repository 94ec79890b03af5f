using System.Text;
using MapReduce.Input;
using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Job;

/// <summary>A few lines of words, cut into splits at line ends, and the word counts that any run of the job must give.</summary>
internal sealed class TinyText
{
    private static readonly string[] Words = ["map", "reduce", "lease", "token", "merge", "spill", "run", "key"];

    private TinyText(IReadOnlyList<InputSplit> splits, int reducers, int lines, IReadOnlyList<string> words)
    {
        Splits = splits;
        Reducers = reducers;
        Lines = lines;
        WordCount = words.Count;
        Expected = [.. Enumerable.Range(0, reducers).Select(partition => WordCountCode.Format(WordCountCode.Count(words.Where(word => WordCountCode.Partition(word, reducers) == partition))))];
    }

    public IReadOnlyList<InputSplit> Splits { get; }

    public int Reducers { get; }

    public int Lines { get; }

    public int WordCount { get; }

    /// <summary>The content of each part of the output.</summary>
    public IReadOnlyList<string> Expected { get; }

    public int Distinct => Expected.Sum(part => part.Count(c => c == '\n'));

    public static TinyText Write(VirtualWorld world, IFileSystem disk, string folder)
    {
        disk.CreateDirectory(folder);
        var splits = new List<InputSplit>();
        var words = new List<string>();
        var lines = 0;
        for (var file = world.Random.Next(1, 7); file > 0; file--)
        {
            var path = $"{folder}/input-{file}.txt";
            var text = Draw(world.Random, words, ref lines);
            disk.WriteAll(path, Encoding.UTF8.GetBytes(text), exclusive: false, sync: false);
            var entry = disk.Find(path)!;
            splits.Add(new InputSplit([new FileRange(path, 0, entry.Length, entry.Length, entry.ModifiedTicks)]));
        }

        return new TinyText(splits, world.Random.Next(1, 4), lines, words);
    }

    private static string Draw(Random random, List<string> words, ref int lines)
    {
        var text = new StringBuilder();
        for (var line = random.Next(1, 6); line > 0; line--, lines++)
        {
            var drawn = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Words[random.Next(Words.Length)]).ToList();
            words.AddRange(drawn);
            text.AppendJoin(' ', drawn).Append('\n');
        }

        return text.ToString();
    }
}
