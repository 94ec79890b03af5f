using System.Runtime.CompilerServices;

namespace MapReduce.Spill;

/// <summary>
/// How a record lies in an arena and in a run: key length and value length as varints (7 bits a byte, low bits first), key, value.
/// One byte each in the common case, so the overhead is two bytes a record.
/// </summary>
internal static unsafe class RecordFormat
{
    /// <summary>No header is longer.</summary>
    public const int MaxHeader = 10;

    /// <summary>Keys and values of a record together; arenas and blocks address by 31 bits.</summary>
    public const int MaxRecord = 1 << 30;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* WriteHeader(byte* to, int keyLength, int valueLength)
    {
        if ((keyLength | valueLength) < 128)
        {
            *to = (byte)keyLength;
            to[1] = (byte)valueLength;
            return to + 2;
        }

        return WriteVarint(WriteVarint(to, (uint)keyLength), (uint)valueLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* ReadHeader(byte* from, out int keyLength, out int valueLength)
    {
        uint both = *(ushort*)from;
        if ((both & 0x8080) == 0)
        {
            keyLength = (int)(both & 0x7F);
            valueLength = (int)(both >> 8);
            return from + 2;
        }

        from = ReadVarint(from, out keyLength);
        return ReadVarint(from, out valueLength);
    }

    public static int HeaderLength(int keyLength, int valueLength) => VarintLength((uint)keyLength) + VarintLength((uint)valueLength);

    private static int VarintLength(uint value)
    {
        var length = 1;
        while ((value >>= 7) != 0) length++;
        return length;
    }

    private static byte* WriteVarint(byte* to, uint value)
    {
        while (value >= 0x80)
        {
            *to++ = (byte)(value | 0x80);
            value >>= 7;
        }

        *to++ = (byte)value;
        return to;
    }

    private static byte* ReadVarint(byte* from, out int value)
    {
        uint result = 0;
        var shift = 0;
        uint next;
        do
        {
            next = *from++;
            result |= (next & 0x7F) << shift;
            shift += 7;
        }
        while (next >= 0x80 && shift < 35);
        value = (int)result;
        return from;
    }
}
