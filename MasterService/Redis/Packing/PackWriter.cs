using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MapReduce.MasterService.Redis.Packing;

/// <summary>Writes the part of MessagePack that Redis scripts read with <c>cmsgpack</c>: integers, texts, nil, arrays. Not safe for concurrent use.</summary>
internal sealed class PackWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public PackWriter Array(int count)
    {
        if (count < 16) return Byte(0x90 | count);
        return count <= ushort.MaxValue ? Byte(0xdc).UInt16(count) : Byte(0xdd).UInt32((uint)count);
    }

    public PackWriter Integer(long value) => value switch
    {
        >= 0 and < 128 or < 0 and >= -32 => Byte((byte)value),
        >= 0 and <= byte.MaxValue => Byte(0xcc).Byte((int)value),
        >= 0 and <= ushort.MaxValue => Byte(0xcd).UInt16((int)value),
        >= 0 and <= uint.MaxValue => Byte(0xce).UInt32((uint)value),
        _ => Byte(0xd3).UInt64((ulong)value),
    };

    public PackWriter Boolean(bool value) => Integer(value ? 1 : 0);

    public PackWriter Text(string? value)
    {
        if (value is null) return Byte(0xc0);
        Head(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _buffer);
        return this;
    }

    public PackWriter Bytes(byte[]? value)
    {
        if (value is null) return Byte(0xc0);
        Head(value.Length);
        _buffer.Write(value);
        return this;
    }

    private PackWriter Head(int length) => length switch
    {
        < 32 => Byte(0xa0 | length),
        <= byte.MaxValue => Byte(0xd9).Byte(length),
        <= ushort.MaxValue => Byte(0xda).UInt16(length),
        _ => Byte(0xdb).UInt32((uint)length),
    };

    private PackWriter Byte(int value)
    {
        _buffer.GetSpan(1)[0] = (byte)value;
        _buffer.Advance(1);
        return this;
    }

    private PackWriter UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.GetSpan(2), (ushort)value);
        _buffer.Advance(2);
        return this;
    }

    private PackWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    private PackWriter UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }
}
