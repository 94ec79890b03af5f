using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using MapReduce.Output;

namespace MapReduce.Testing;

/// <summary>Finds and reads what tasks wrote among the files of an output.</summary>
internal static class TestOutput
{
    /// <summary>The files that tasks wrote by one name, in the order of the tasks.</summary>
    /// <param name="name">The name that user code gave, or that of the parts.</param>
    /// <param name="endings">What may stand behind it: a regular expression.</param>
    /// <param name="files">All files.</param>
    /// <param name="isOneStep">False where the names of files beside the parts hold the step.</param>
    public static IEnumerable<KeyValuePair<string, byte[]>> FilesOf(string name, string endings, IReadOnlyDictionary<string, byte[]> files, bool isOneStep)
    {
        var end = name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? dot : name.Length;
        var step = isOneStep || name == OutputNames.PartName ? "" : @"-\d+";
        var pattern = new Regex($@"\A{Regex.Escape(name[..end])}{step}-[mr]-\d{{5,}}{Regex.Escape(name[end..])}{endings}\z", RegexOptions.CultureInvariant);
        return files.Where(file => pattern.IsMatch(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal);
    }

    /// <summary>The lines of a file, decompressed.</summary>
    public static IEnumerable<string> Lines(string name, byte[] content)
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
