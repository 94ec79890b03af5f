using System.Text;
using MapReduce.Input;
using MapReduce.Storage;

namespace MapReduce.Tests.Input.Reader;

/// <summary>Reads ranges to lists of lines; bytes as Latin-1 characters, so that none is lost.</summary>
internal static class Reading
{
    /// <summary>The lines with their ends, as they are.</summary>
    public static List<string> Lines(IFileSystem files, params IEnumerable<FileRange> ranges) =>
        [.. Blocks(files, ranges).SelectMany(block => LinesOf(block.Text))];

    /// <summary>The blocks with their offsets, copied out of the reader's buffer.</summary>
    public static List<(long Offset, string Text)> Blocks(IFileSystem files, params IEnumerable<FileRange> ranges)
    {
        var blocks = new List<(long, string)>();
        var lines = new LineBuffer();
        foreach (var range in ranges)
        {
            using var reader = new LineBlockReader(files, range, lines);
            while (reader.Read() is { } block) blocks.Add((block.Offset, Encoding.Latin1.GetString(block.Span)));
        }

        return blocks;
    }

    /// <summary>The lines of a text, said in the simplest way.</summary>
    public static List<string> LinesOf(string text)
    {
        var lines = text.Split('\n').Select(line => line + '\n').ToList();
        lines[^1] = lines[^1][..^1];
        if (lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    /// <summary>The file cut at these offsets.</summary>
    public static IEnumerable<FileRange> Cut(this FileRange file, params IEnumerable<long> offsets)
    {
        long[] ends = [.. offsets.Where(offset => offset > 0 && offset < file.FileLength).Distinct().Order(), file.FileLength];
        var start = 0L;
        foreach (var end in ends)
        {
            yield return file with { Offset = start, Length = end - start };
            start = end;
        }
    }
}
