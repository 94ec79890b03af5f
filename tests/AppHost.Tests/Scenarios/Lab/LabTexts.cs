using System.Text;

namespace AppHost.Tests.Scenarios.Lab;

/// <summary>Eight text files of equal length, so that each can be one map task, and what a sequential program makes of them.</summary>
internal sealed class LabTexts
{
    /// <summary>Files, and so map tasks.</summary>
    public const int Files = 8;

    /// <summary>Bytes of each file.</summary>
    public const int Length = 40_000;

    private const int Seed = 6840, Vocabulary = 3_000;

    private readonly List<(string Name, string Text)> _texts = [];

    /// <summary>Writes the files into a folder.</summary>
    public LabTexts(string folder)
    {
        Folder = folder;
        var random = new Random(Seed);
        for (var number = 0; number < Files; number++)
        {
            var (name, text) = ($"pg-{number}.txt", Text(random));
            File.WriteAllText(Path.Combine(folder, name), text);
            _texts.Add((name, text));
        }
    }

    /// <summary>Where the files lie.</summary>
    public string Folder { get; }

    /// <summary>The lines of the word count, in ordinal order.</summary>
    public IEnumerable<string> Counts => _texts.SelectMany(text => TestWords(text.Text))
        .GroupBy(word => word).Select(word => $"{word.Key}\t{word.Count()}").Order(StringComparer.Ordinal);

    /// <summary>The lines of the index, in ordinal order.</summary>
    public IEnumerable<string> Index => _texts.SelectMany(text => TestWords(text.Text).Distinct().Select(word => (Word: word, text.Name)))
        .GroupBy(entry => entry.Word, entry => entry.Name)
        .Select(word => $"{word.Key}\t{word.Count()} {string.Join(',', word.Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal);

    // Another way than the job's own, so that one does not repeat the other's mistake.
    private static string[] TestWords(string text) =>
        new string([.. text.Select(letter => char.IsLetter(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(Random random)
    {
        var text = new StringBuilder(Length);
        while (text.Length < Length - 40)
        {
            // The smaller of two: common words are much more common than rare ones.
            var rank = Math.Min(random.Next(Vocabulary), random.Next(Vocabulary));
            text.Append(Word(rank)).Append(random.Next(12) switch { 0 => ".\n", 1 => ", ", 2 => "--", _ => " " });
        }

        return text.Append(' ', Length - 1 - text.Length).Append('\n').ToString();
    }

    private static string Word(int rank)
    {
        var word = new StringBuilder();
        for (var rest = rank + 30; rest > 0; rest /= 26) word.Append((char)('a' + (rest % 26)));
        if (rank % 7 == 0) word[0] = char.ToUpperInvariant(word[0]);
        return word.ToString();
    }
}
