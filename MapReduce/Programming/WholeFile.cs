using System.Text;
using MapReduce.Input;

namespace MapReduce;

/// <summary>A file as one record. Immutable; it stays valid after the call.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Content">All of it, decompressed.</param>
public sealed record WholeFile(string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>The content as text, by its byte-order mark or else as UTF-8; bytes that are not become U+FFFD. Made anew by each call.</summary>
    /// <exception cref="DecoderFallbackException">The content begins as UTF-16 or UTF-32 and is none.</exception>
    public string ReadText()
    {
        var encoding = ByteOrderMark.Find(Content.Span) ?? Encoding.UTF8;
        var skipped = Content.Span.StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0;
        return encoding.GetString(Content.Span[skipped..]);
    }
}
