using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace MapReduce;

/// <summary>
/// A piece of text as UTF-8, without a string of its own. Valid only during the call that gave it: to keep it, take
/// <see cref="ToString"/>. Converts to a string by itself where one is wanted.
/// </summary>
public readonly struct Utf8Text : IEquatable<Utf8Text>, IComparable<Utf8Text>
{
    private readonly byte[] _buffer;

    // Offset and length in one word: written as two halves and read as one, they would stall the store buffer.
    private readonly ulong _place;

    internal Utf8Text(byte[] buffer, int offset, int length) => (_buffer, _place) = (buffer, (uint)offset | ((ulong)(uint)length << 32));

    /// <summary>A text of its own, for tests and constants.</summary>
    public Utf8Text(string text) : this(Encoding.UTF8.GetBytes(text)) { }

    internal Utf8Text(byte[] bytes) : this(bytes, 0, bytes.Length) { }

    /// <summary>Bytes, not characters.</summary>
    public int Length => (int)(_place >> 32);

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _buffer is null ? default : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), (nint)(uint)_place), Length);
    }

    /// <summary>A part of the text, without a copy; bytes, not characters.</summary>
    public Utf8Text Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Length - start));
        return new Utf8Text(_buffer, (int)(uint)_place + start, length);
    }

    /// <summary>The words of the text: its runs of bytes other than ASCII white space.</summary>
    public Sequence<Utf8Text> Words() => new WordSequence(_buffer ?? [], (int)(uint)_place, Length);

    /// <summary>The text as a string; bytes that are not UTF-8 become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    /// <summary>The text as a string.</summary>
    public static implicit operator string(Utf8Text text) => text.ToString();

    /// <summary>Equal bytes.</summary>
    public bool Equals(Utf8Text other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Utf8Text other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>Order of the bytes.</summary>
    public int CompareTo(Utf8Text other) => Span.SequenceCompareTo(other.Span);

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(Utf8Text left, Utf8Text right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(Utf8Text left, Utf8Text right) => !left.Equals(right);

    /// <summary>Order of the bytes.</summary>
    public static bool operator <(Utf8Text left, Utf8Text right) => left.CompareTo(right) < 0;

    /// <summary>Order of the bytes.</summary>
    public static bool operator >(Utf8Text left, Utf8Text right) => left.CompareTo(right) > 0;

    /// <summary>Order of the bytes.</summary>
    public static bool operator <=(Utf8Text left, Utf8Text right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the bytes.</summary>
    public static bool operator >=(Utf8Text left, Utf8Text right) => left.CompareTo(right) >= 0;
}
