namespace MapReduce.Input;

/// <summary>Whole lines of one file, in a buffer that is used again for the next block.</summary>
/// <param name="Buffer">The buffer; at least 64 bytes past the end may be read.</param>
/// <param name="Start">First byte in the buffer.</param>
/// <param name="Length">Bytes; the last one is LF but perhaps at the end of the file.</param>
/// <param name="Offset">Where the first byte stands in the file's (decompressed) content.</param>
internal readonly record struct LineBlock(byte[] Buffer, int Start, int Length, long Offset)
{
    public ReadOnlySpan<byte> Span => Buffer.AsSpan(Start, Length);
}
