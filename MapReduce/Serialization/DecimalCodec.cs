using System.Buffers.Binary;

namespace MapReduce.Serialization;

/// <summary>
/// Decimals by value. 1.0 and 1.00 are one key, as they are equal; what is decoded is the shortest of them, 1.
/// </summary>
/// <remarks>
/// A value other than 0 is 0.d1d2...d29 x 10^p with d1 from 1 to 9. One byte has the sign and p, thirteen have the digits as a
/// number; of a negative value every bit is flipped. Zero is 80 and zeros, between the two.
/// </remarks>
public readonly struct DecimalCodec : ICodec<decimal>
{
    private const int Length = 14, Digits = 29, MostScale = 28;

    // Of the exponents of all decimals, -27 to 29, the least is one above zero's own byte.
    private const byte ZeroByte = 0x80, ExponentBias = ZeroByte + 28;

    // 10 to the power of 0 to 28, and of 29, which no decimal holds.
    private static readonly UInt128[] Powers = PowersOfTen();

    /// <inheritdoc/>
    public static int FixedLength => Length;

    /// <inheritdoc/>
    public static int MaxLength(decimal value) => Length;

    /// <inheritdoc/>
    public static int Encode(decimal value, Span<byte> destination)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var number = new UInt128((uint)parts[2], (uint)parts[0] | ((ulong)(uint)parts[1] << 32));
        var digits = CountDigits(number);
        var exponent = digits - value.Scale;
        destination[0] = digits == 0 ? ZeroByte : (byte)(ExponentBias + exponent);
        Write(number * Powers[Digits - Math.Max(digits, 1)], destination[1..Length]);
        if (digits > 0 && decimal.IsNegative(value)) Flip(destination[..Length]);
        return Length;
    }

    /// <inheritdoc/>
    public static decimal Decode(ReadOnlySpan<byte> bytes)
    {
        Malformed.ThrowIfNot(Length, bytes.Length, typeof(decimal));
        Span<byte> plain = stackalloc byte[Length];
        bytes.CopyTo(plain);
        var isNegative = plain[0] < ZeroByte;
        if (isNegative) Flip(plain);
        var number = Read(plain[1..]);
        if (number == 0) return 0;
        var scale = Digits - (plain[0] - ExponentBias);
        // The fewest digits after the point, however the value was written.
        for (; scale > 0 && number % 10 == 0; scale--) number /= 10;
        if (scale is < 0 or > MostScale || number >> 96 != 0) Malformed.Throw(typeof(decimal), $"the number does not fit at scale {scale}");
        return new decimal((int)(uint)number, (int)(uint)(number >> 32), (int)(uint)(number >> 64), isNegative, (byte)scale);
    }

    private static int CountDigits(UInt128 number)
    {
        var digits = 0;
        while (digits < Digits && number >= Powers[digits]) digits++;
        return digits;
    }

    // The digits take 97 bits.
    private static void Write(UInt128 number, Span<byte> to)
    {
        to[0] = (byte)(number >> 96);
        BinaryPrimitives.WriteUInt32BigEndian(to[1..], (uint)(number >> 64));
        BinaryPrimitives.WriteUInt64BigEndian(to[5..], (ulong)number);
    }

    private static UInt128 Read(ReadOnlySpan<byte> from) =>
        new(((ulong)from[0] << 32) | BinaryPrimitives.ReadUInt32BigEndian(from[1..]), BinaryPrimitives.ReadUInt64BigEndian(from[5..]));

    private static void Flip(Span<byte> bytes)
    {
        foreach (ref var item in bytes) item = (byte)~item;
    }

    private static UInt128[] PowersOfTen()
    {
        var powers = new UInt128[Digits + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
