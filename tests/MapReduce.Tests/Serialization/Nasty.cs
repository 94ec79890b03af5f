using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;

namespace MapReduce.Tests.Serialization;

/// <summary>Generators that prefer the values on which encodings break.</summary>
internal static class Nasty
{
    /// <summary>All bits alike likely, or an edge of the range, or a small number.</summary>
    public static Gen<T> Integers<T>()
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Gen.OneOf(
            Bits<T>(),
            Gen.Elements(T.MinValue, T.MinValue + T.One, T.MaxValue, T.MaxValue - T.One, T.Zero, T.One, T.Zero - T.One),
            Gen.Choose(-300, 300).Select(T.CreateTruncating));

    /// <summary>Any bits: of a float also every NaN.</summary>
    public static Gen<T> Bits<T>()
        where T : unmanaged =>
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(Unsafe.SizeOf<T>()).Select(bytes => MemoryMarshal.Read<T>(bytes));

    /// <summary>Short runs of few different bytes, so that prefixes and zeros are frequent; rarely long ones.</summary>
    public static Gen<byte[]> ByteArrays { get; } = Gen.Frequency(
        (8, Gen.Elements<byte>(0x00, 0x01, 0x61, 0xFE, 0xFF).ArrayOf().Resize(6)),
        (2, Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Resize(40)),
        (1, Gen.Elements<byte>(0x00, 0x61, 0xFF).Select(value => Enumerable.Repeat(value, 5000).ToArray())));

    /// <summary>Strings with characters of one to four UTF-8 bytes, zeros, and those where UTF-16 order is another.</summary>
    public static Gen<string> Strings { get; } =
        Gen.Elements("\0", "\u0001", "a", "b", "\u007F", "\u0080", "é", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "\U00010000", "😀", "\U0010FFFF")
            .ArrayOf().Select(string.Concat).Resize(8);
}
