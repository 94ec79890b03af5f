using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MapReduce.Memory;
using MapReduce.Storage;

namespace MapReduce.Spill;

/// <summary>Writes a run file, partition by partition in ascending order, through one block of memory.</summary>
internal sealed unsafe class RunWriter : IDisposable
{
    private readonly Workspace _workspace;
    private readonly IFileWriter _file;
    private readonly string _path;
    private readonly int _blockSize;
    private readonly List<RunSegment> _segments = [];
    private NativeBuffer _block;
    private byte* _next, _end;
    private int _partition;
    private uint _blockRecords;
    private long _segmentStart, _segmentRecords;
    private bool _isSorted;

    public RunWriter(Workspace workspace, string path)
    {
        (_workspace, _path, _blockSize) = (workspace, path, workspace.BlockSize);
        try
        {
            _file = workspace.Files.Create(path);
        }
        catch (Exception error) when (workspace.Fault.Note(error))
        {
            throw;
        }

        _block = NativeBuffer.Allocate(RunFormat.BlockHeader + _blockSize);
        Rewind();
    }

    /// <summary>Records written so far.</summary>
    public long Records { get; private set; }

    /// <summary>Starts the segment of a partition; call <see cref="EndPartition"/> after its records.</summary>
    public void BeginPartition(int partition, bool isSorted)
    {
        (_partition, _isSorted) = (partition, isSorted);
        _segmentStart = _file.Length;
        _segmentRecords = 0;
    }

    public void EndPartition()
    {
        WriteBlock();
        if (_segmentRecords > 0) _segments.Add(new RunSegment(_partition, _segmentStart, _file.Length - _segmentStart, _segmentRecords, _isSorted));
        Records += _segmentRecords;
    }

    /// <summary>Appends a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(byte* key, int keyLength, byte* value, int valueLength)
    {
        Reserve(RecordFormat.MaxHeader + (long)keyLength + valueLength);
        var to = RecordFormat.WriteHeader(_next, keyLength, valueLength);
        Copy(to, key, keyLength);
        Copy(to + keyLength, value, valueLength);
        _next = to + keyLength + valueLength;
        _blockRecords++;
    }

    /// <summary>Appends a record that lies in memory as a run wants it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendEncoded(byte* record, int length)
    {
        if (_end - _next < length) Reserve(length);
        Copy(_next, record, length);
        _next += length;
        _blockRecords++;
    }

    /// <summary>Writes the index; the file is whole once this writer is disposed.</summary>
    public RunFile Complete()
    {
        var offset = _file.Length;
        var index = new byte[_segments.Count * RunFormat.IndexEntry];
        for (var i = 0; i < _segments.Count; i++) _segments[i].WriteTo(index.AsSpan(i * RunFormat.IndexEntry));
        Write(index);
        Span<byte> footer = stackalloc byte[RunFormat.Footer];
        BinaryPrimitives.WriteInt64LittleEndian(footer, offset);
        BinaryPrimitives.WriteInt32LittleEndian(footer[8..], _segments.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(footer[12..], Crc32C.Compute(index));
        BinaryPrimitives.WriteUInt64LittleEndian(footer[16..], RunFormat.Magic);
        Write(footer);
        return new RunFile(_path, _file.Length, _segments);
    }

    public void Dispose()
    {
        _file.Dispose();
        _block.Dispose();
    }

    private static void Copy(byte* to, byte* from, int length) => Unsafe.CopyBlockUnaligned(to, from, (uint)length);

    private void Reserve(long length)
    {
        if (_end - _next >= length) return;
        WriteBlock();
        if (_end - _next >= length) return;
        if (length > RecordFormat.MaxHeader + (long)RecordFormat.MaxRecord)
            throw new InvalidDataException($"A record of {length - RecordFormat.MaxHeader} bytes is larger than the {RecordFormat.MaxRecord} bytes that a key and its value may have together: give it in pieces.");
        // A record larger than a block gets a block of its own size; the next one is small again.
        _block.Dispose();
        _block = NativeBuffer.Allocate(RunFormat.BlockHeader + length);
        Rewind();
    }

    private void WriteBlock()
    {
        if (_blockRecords == 0) return;
        var start = _block.Start;
        var payload = (int)(_next - start - RunFormat.BlockHeader);
        *(int*)start = payload;
        *(uint*)(start + 4) = _blockRecords;
        var crc = Crc32C.Compute(new ReadOnlySpan<byte>(start, 8));
        *(uint*)(start + 8) = Crc32C.Compute(new ReadOnlySpan<byte>(start + RunFormat.BlockHeader, payload), crc);
        Write(new ReadOnlySpan<byte>(start, RunFormat.BlockHeader + payload));
        _segmentRecords += _blockRecords;
        _blockRecords = 0;
        if (_block.Length > RunFormat.BlockHeader + _blockSize)
        {
            _block.Dispose();
            _block = NativeBuffer.Allocate(RunFormat.BlockHeader + _blockSize);
        }

        Rewind();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Write(bytes);
        }
        catch (Exception error) when (_workspace.Fault.Note(error))
        {
            throw;
        }
    }

    private void Rewind()
    {
        _next = _block.Start + RunFormat.BlockHeader;
        _end = _block.Start + _block.Length;
    }
}
