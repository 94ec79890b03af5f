using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>Knows compressed inputs by the ends of their names.</summary>
internal static class Compression
{
    /// <summary>True for a file that is read through a decompressor, and so cannot be split.</summary>
    public static bool IsCompressed(string path) => Ending(path) is ".gz" or ".br" or ".deflate";

    /// <summary>The decompressed content.</summary>
    public static IByteSource Open(string path, IFileReader file) => Ending(path) switch
    {
        ".gz" => new GzipSource(file, path),
        ".br" => new BrotliSource(file, path),
        _ => new ZlibSource(file, path),
    };

    // LOG.GZ read as if it were text would give noise for an answer, and no error.
    private static string Ending(string path) => Path.GetExtension(path).ToLowerInvariant();
}
