using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>Opens what a range of a file holds.</summary>
internal static class InputContent
{
    /// <summary>The content from an offset to the file's end: decompressed and, of a text, as UTF-8. What cannot be cut opens at its start only.</summary>
    /// <exception cref="InputException">The file is gone, or is not what it was when the job was planned.</exception>
    public static IByteSource Open(IFileSystem files, FileRange range, long offset, bool isText)
    {
        var file = OpenFile(files, range);
        IByteSource source = Compression.IsCompressed(range.Path) ? Compression.Open(range.Path, file) : new PlainSource(file, range, offset);
        return isText && IsWhole(range) ? new Utf8Source(source, range.Path) : source;
    }

    /// <summary>True when the range can be read from the start of its content only.</summary>
    public static bool IsWhole(FileRange range) => range.IsWhole || Compression.IsCompressed(range.Path);

    /// <summary>
    /// Where in the content the range ends: records that begin before it belong to the range. Content that cannot be cut is of
    /// unknown length, and the range is the whole of it; only a sample takes less, counted in content.
    /// </summary>
    public static long Limit(FileRange range) => IsWhole(range) && range.Length == range.FileLength ? long.MaxValue : range.Offset + range.Length;

    private static IFileReader OpenFile(IFileSystem files, FileRange range)
    {
        var found = files.Find(range.Path);
        if (found is not { IsDirectory: false } file)
            throw new InputException($"Input '{range.Path}' is gone: it was there when the job was planned. Put it back and run the job again.");
        if (file.Length != range.FileLength || file.ModifiedTicks != range.ModifiedTicks)
            throw new InputException(
                $"Input '{range.Path}' changed since the job was planned: it had {range.FileLength} bytes, modified {new DateTime(range.ModifiedTicks, DateTimeKind.Utc):O}, "
                + $"and now has {file.Length}, modified {new DateTime(file.ModifiedTicks, DateTimeKind.Utc):O}. Run the job again when nothing writes to it.");
        return files.OpenRead(range.Path);
    }
}
