using System.Text;

namespace EndToEnd.Support;

/// <summary>Text like a language's: few words often, many rarely, some of them outside ASCII. The same for the same seed.</summary>
internal sealed class ZipfText
{
    private static readonly string[] Onsets = ["b", "ch", "d", "f", "gr", "h", "l", "m", "n", "p", "qu", "r", "st", "t", "th", "v", "w", "z"];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "ea", "oo", "ai"];
    private static readonly string[] Codas = ["", "", "", "n", "r", "s", "ng", "ck", "d"];

    private readonly Random _random;
    private readonly byte[][] _words;
    private readonly double[] _upTo;

    public ZipfText(int seed, int vocabulary)
    {
        _random = new Random(seed);
        _words = [.. Enumerable.Range(0, vocabulary).Select(Word)];
        _upTo = new double[vocabulary];
        var sum = 0.0;
        for (var rank = 0; rank < vocabulary; rank++) _upTo[rank] = sum += 1 / Math.Pow(rank + 3.7, 1.03);
    }

    /// <summary>Writes lines of 1 to 15 words until there are so many bytes.</summary>
    public void Write(string path, long bytes)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 20);
        while (file.Position < bytes)
        {
            for (var words = _random.Next(1, 16); words > 0; words--)
            {
                file.Write(Next());
                file.WriteByte(words > 1 ? (byte)' ' : (byte)'\n');
            }
        }
    }

    private byte[] Next()
    {
        var at = Array.BinarySearch(_upTo, _random.NextDouble() * _upTo[^1]);
        return _words[at < 0 ? ~at : at];
    }

    private byte[] Word(int rank)
    {
        if (rank == 0) return "the"u8.ToArray();
        var word = new StringBuilder();
        var isOther = _random.Next(25) == 0;
        for (var syllables = _random.Next(1, rank < 2000 ? 3 : 5); syllables > 0; syllables--)
        {
            // Greek, Cyrillic, Chinese: two and three bytes a character.
            if (isOther) word.Append((char)(_random.Next(3) switch { 0 => 0x3B1 + _random.Next(17), 1 => 0x430 + _random.Next(32), _ => 0x4E00 + _random.Next(3000) }));
            else word.Append(Pick(Onsets)).Append(Pick(Vowels)).Append(Pick(Codas));
        }

        return Encoding.UTF8.GetBytes(word.ToString());
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
