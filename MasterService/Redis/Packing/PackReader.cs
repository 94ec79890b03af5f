using System.Buffers.Binary;
using System.Text;

namespace MapReduce.MasterService.Redis.Packing;

/// <summary>Reads what <see cref="PackWriter"/> and the scripts' <c>cmsgpack</c> write.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly bool IsAtEnd => _left.IsEmpty;

    public int Array()
    {
        var head = Take(1)[0];
        return head switch
        {
            >= 0x90 and < 0xa0 => head & 15,
            0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xdd => checked((int)BinaryPrimitives.ReadUInt32BigEndian(Take(4))),
            _ => throw Unexpected(head, "an array"),
        };
    }

    public long Integer()
    {
        var head = Take(1)[0];
        return head switch
        {
            < 0x80 => head,
            >= 0xe0 => (sbyte)head,
            0xcc => Take(1)[0],
            0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            0xcf => (long)BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            0xd0 => (sbyte)Take(1)[0],
            0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            _ => throw Unexpected(head, "an integer"),
        };
    }

    public int Int32() => checked((int)Integer());

    public bool Boolean() => Integer() != 0;

    public string? TextOrNull() => TryNil() ? null : Encoding.UTF8.GetString(Raw());

    public string Text() => Encoding.UTF8.GetString(Raw());

    public byte[]? BytesOrNull() => TryNil() ? null : Raw().ToArray();

    private bool TryNil()
    {
        if (_left[0] != 0xc0) return false;
        _left = _left[1..];
        return true;
    }

    private ReadOnlySpan<byte> Raw()
    {
        var head = Take(1)[0];
        return Take(head switch
        {
            >= 0xa0 and < 0xc0 => head & 31,
            0xd9 => Take(1)[0],
            0xda => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xdb => checked((int)BinaryPrimitives.ReadUInt32BigEndian(Take(4))),
            _ => throw Unexpected(head, "a text"),
        });
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _left.Length) throw new InvalidDataException($"A value in Redis ends {count - _left.Length} bytes too early.");
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }

    private static InvalidDataException Unexpected(byte head, string expected) =>
        new($"A value in Redis begins with 0x{head:x2} where {expected} must stand: was it written by another version?");
}
