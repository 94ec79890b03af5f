using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace MapReduce.Testing;

/// <summary>Reads the lines of output files.</summary>
internal static class OutputLines
{
    private static readonly Regex Part = new(@"^(.*)-[mr]-\d{5,}(\.\w+)*$", RegexOptions.CultureInvariant);

    /// <summary>The lines of all parts of one output, in the order of the parts.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, byte[]> files, string output) =>
        [.. files.Where(file => OutputOf(file.Key) == output).OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => Read(file.Key, file.Value))];

    /// <summary>The outputs that have parts.</summary>
    public static IEnumerable<string> Outputs(IReadOnlyDictionary<string, byte[]> files) => files.Keys.Select(OutputOf).OfType<string>().Distinct();

    private static string? OutputOf(string file) => Part.Match(file) is { Success: true } match ? match.Groups[1].Value : null;

    private static IEnumerable<string> Read(string name, byte[] content)
    {
        using Stream stream = Path.GetExtension(name) switch
        {
            ".gz" => new GZipStream(new MemoryStream(content), CompressionMode.Decompress),
            ".br" => new BrotliStream(new MemoryStream(content), CompressionMode.Decompress),
            _ => new MemoryStream(content),
        };
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
