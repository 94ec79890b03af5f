namespace MapReduce.Input;

/// <summary>The buffer that an attempt reads its input into, one for all the files of its split.</summary>
internal sealed class LineBuffer
{
    private byte[] _bytes = [];

    /// <summary>The buffer, with room for so many bytes: a new one, with none of the content, when the last was smaller.</summary>
    public byte[] AtLeast(int length)
    {
        // Pinned, so that it is aligned for good and no collection moves it.
        if (_bytes.Length < length) _bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        return _bytes;
    }
}
