using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MapReduce;

/// <summary>
/// The words of a text for <c>foreach</c>: its maximal runs of bytes other than ASCII white space, as they stand.
/// Works on whole blocks of lines as well as on one; allocates nothing.
/// </summary>
public ref struct Utf8Words
{
    private readonly ref byte _text;
    private readonly int _length;
    private int _block, _start, _wordStart, _wordLength;
    private ulong _ends;

    /// <summary>The words of this text.</summary>
    public Utf8Words(ReadOnlySpan<byte> text)
    {
        _text = ref MemoryMarshal.GetReference(text);
        _length = text.Length;
        _block = -64;
    }

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly Utf8Words GetEnumerator() => this;

    /// <summary>The word: never empty.</summary>
    public readonly ReadOnlySpan<byte> Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _text, _wordStart), _wordLength);
    }

    /// <summary>Goes to the next word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]
    public bool MoveNext()
    {
        while (true)
        {
            while (_ends == 0)
            {
                var block = _block + 64;
                if (block > _length) return false;
                _block = block;
                _ends = WhiteSpace.Mask64(ref Unsafe.Add(ref _text, block), _length - block);
            }

            int end = _block + BitOperations.TrailingZeroCount(_ends), start = _start;
            _ends &= _ends - 1;
            _start = end + 1;
            if (end > start)
            {
                _wordStart = start;
                _wordLength = end - start;
                return true;
            }
        }
    }
}
