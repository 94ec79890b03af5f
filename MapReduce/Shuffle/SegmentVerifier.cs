using System.Buffers.Binary;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Shuffle;

/// <summary>
/// Follows the blocks of a segment while its bytes pass in pieces of any size, and finds whether each block's checksum and the number of
/// records are right. Holds no bytes but those of a block's header, so a record of any length can pass.
/// </summary>
internal sealed class SegmentVerifier(long expectedRecords)
{
    private readonly byte[] _header = new byte[RunFormat.BlockHeader];
    private int _headerBytes;
    private long _payloadLeft, _records;
    private uint _crc;
    private bool _isWrong;

    /// <summary>True when all that has passed is a whole segment of the expected records.</summary>
    public bool IsWhole => !_isWrong && _headerBytes == 0 && _records == expectedRecords;

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !_isWrong) bytes = _headerBytes < RunFormat.BlockHeader ? AddHeader(bytes) : AddPayload(bytes);
    }

    private ReadOnlySpan<byte> AddHeader(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(RunFormat.BlockHeader - _headerBytes, bytes.Length);
        bytes[..count].CopyTo(_header.AsSpan(_headerBytes));
        _headerBytes += count;
        if (_headerBytes < RunFormat.BlockHeader) return bytes[count..];
        _payloadLeft = BinaryPrimitives.ReadInt32LittleEndian(_header);
        _crc = Crc32C.Compute(_header.AsSpan(0, 8));
        // No block is empty: one that says so would let a damaged length pass as the end of a block.
        _isWrong = _payloadLeft <= 0;
        return bytes[count..];
    }

    private ReadOnlySpan<byte> AddPayload(ReadOnlySpan<byte> bytes)
    {
        var count = (int)Math.Min(_payloadLeft, bytes.Length);
        _crc = Crc32C.Compute(bytes[..count], _crc);
        _payloadLeft -= count;
        if (_payloadLeft > 0) return bytes[count..];
        _isWrong = _crc != BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(8));
        _records += BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(4));
        _headerBytes = 0;
        return bytes[count..];
    }
}
