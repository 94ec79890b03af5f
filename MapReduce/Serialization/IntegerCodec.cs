using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MapReduce.Serialization;

/// <summary>
/// Integers of 1 to 16 bytes and <see cref="char"/>: big-endian, the sign bit flipped, so that negative values come first.
/// </summary>
/// <typeparam name="T">Any of byte, sbyte, short, ushort, int, uint, long, ulong, Int128, UInt128, char.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "Codecs are used through a type parameter, never by their own name.")]
public readonly struct IntegerCodec<T> : ICodec<T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public static int FixedLength => Unsafe.SizeOf<T>();

    /// <inheritdoc/>
    public static int MaxLength(T value) => Unsafe.SizeOf<T>();

    /// <inheritdoc/>
    public static int Encode(T value, Span<byte> destination)
    {
        MemoryMarshal.Write(destination, BigEndian(FlipSign(value)));
        return Unsafe.SizeOf<T>();
    }

    /// <inheritdoc/>
    public static T Decode(ReadOnlySpan<byte> bytes)
    {
        Malformed.ThrowIfNot(Unsafe.SizeOf<T>(), bytes.Length, typeof(T));
        return FlipSign(BigEndian(MemoryMarshal.Read<T>(bytes)));
    }

    // The least value is the sign bit alone for a signed type, and zero, which changes nothing, for an unsigned one.
    private static T FlipSign(T value) => value ^ T.MinValue;

    // The size is a constant to the JIT, so that one arm remains.
    private static T BigEndian(T value) => !BitConverter.IsLittleEndian ? value : Unsafe.SizeOf<T>() switch
    {
        1 => value,
        2 => Unsafe.BitCast<ushort, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ushort>(value))),
        4 => Unsafe.BitCast<uint, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, uint>(value))),
        8 => Unsafe.BitCast<ulong, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ulong>(value))),
        16 => Unsafe.BitCast<UInt128, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, UInt128>(value))),
        _ => throw new NotSupportedException($"No codec for {typeof(T).Name}: integers have 1, 2, 4, 8 or 16 bytes, this one {Unsafe.SizeOf<T>()}."),
    };
}
