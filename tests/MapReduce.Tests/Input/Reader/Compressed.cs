using System.IO.Compression;

namespace MapReduce.Tests.Input.Reader;

/// <summary>Content as the end of a file's name says.</summary>
internal static class Compressed
{
    public static byte[] Bytes(string path, byte[] content)
    {
        var compressed = new MemoryStream();
        using (Stream stream = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".GZ" => new GZipStream(compressed, CompressionLevel.Fastest),
            ".BR" => new BrotliStream(compressed, CompressionLevel.Fastest),
            ".DEFLATE" => new ZLibStream(compressed, CompressionLevel.Fastest),
            _ => compressed,
        })
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}
