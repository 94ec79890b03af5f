using System.Runtime.CompilerServices;
using MapReduce.Memory;
using MapReduce.Storage;

namespace MapReduce.Spill;

/// <summary>Reads the records of a segment, a verified block at a time.</summary>
internal sealed unsafe class RunReader : RecordStream
{
    private readonly Workspace _workspace;
    private readonly IFileReader _file;
    private readonly string _path;
    private readonly long _end;
    private readonly long _expectedRecords, _usualLength;
    private long _offset, _seenRecords;
    private NativeBuffer _buffer;
    private byte* _next, _blockEnd;
    private uint _blockRecords;

    public RunReader(Workspace workspace, string path, long offset, long length, long records)
    {
        (_workspace, _path, _offset, _end, _expectedRecords) = (workspace, path, offset, offset + length, records);
        _usualLength = Math.Min(RunFormat.BlockHeader + workspace.BlockSize, length);
        _file = Open(workspace, path);
        _buffer = NativeBuffer.Allocate(_usualLength);
    }

    /// <exception cref="CorruptRunException">A checksum, a length or the number of records is wrong.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool MoveNext()
    {
        if (_next == _blockEnd && !ReadBlock()) return false;
        var key = RecordFormat.ReadHeader(_next, out KeyLength, out ValueLength);
        Key = key;
        Value = key + KeyLength;
        _next = Value + ValueLength;
        return true;
    }

    public override void Dispose()
    {
        _file.Dispose();
        _buffer.Dispose();
    }

    private static IFileReader Open(Workspace workspace, string path)
    {
        try
        {
            return workspace.Files.OpenRead(path);
        }
        catch (DirectoryNotFoundException error)
        {
            // Whoever deletes a map output deletes its folder with it.
            throw new FileNotFoundException($"Run file '{path}' is gone, and its folder with it.", path, error);
        }
    }

    private bool ReadBlock()
    {
        _workspace.Fault.Rethrow();
        try
        {
            return TryReadBlock();
        }
        catch (Exception error) when (_workspace.Fault.Note(error))
        {
            throw;
        }
    }

    private bool TryReadBlock()
    {
        if (_offset == _end)
        {
            if (_seenRecords != _expectedRecords) throw Corrupt($"it holds {_seenRecords} records instead of {_expectedRecords}");
            return false;
        }

        _workspace.Cancellation.ThrowIfCancellationRequested();
        // Each block is read with all that the buffer holds: after one large record every small block would be as dear as that.
        if (_buffer.Length > _usualLength) Resize(_usualLength);
        var read = Fill();
        var start = _buffer.Start;
        var payload = read < RunFormat.BlockHeader ? -1 : *(int*)start;
        if (payload <= 0 || RunFormat.BlockHeader + (long)payload > _end - _offset) throw Corrupt("a block's length does not fit");
        if (RunFormat.BlockHeader + (long)payload > _buffer.Length)
        {
            Resize(RunFormat.BlockHeader + (long)payload);
            read = Fill();
            start = _buffer.Start;
        }

        if (read < RunFormat.BlockHeader + payload) throw Corrupt("the file ends within a block");
        var crc = Crc32C.Compute(new ReadOnlySpan<byte>(start, 8));
        if (Crc32C.Compute(new ReadOnlySpan<byte>(start + RunFormat.BlockHeader, payload), crc) != *(uint*)(start + 8)) throw Corrupt("a block's checksum does not match");
        _blockRecords = *(uint*)(start + 4);
        _seenRecords += _blockRecords;
        _offset += RunFormat.BlockHeader + payload;
        _workspace.Progress.Add(RunFormat.BlockHeader + payload, _blockRecords);
        _next = start + RunFormat.BlockHeader;
        _blockEnd = _next + payload;
        return true;
    }

    private void Resize(long length)
    {
        _buffer.Dispose();
        _buffer = NativeBuffer.Allocate(length);
    }

    // Blocks are nearly as long as the buffer: what is read beyond this one and read again comes from the page cache.
    private int Fill() => _file.Read(new Span<byte>(_buffer.Start, (int)Math.Min(_buffer.Length, _end - _offset)), _offset);

    private CorruptRunException Corrupt(string what) => new(_path, $"Run file '{_path}' is corrupt at offset {_offset}: {what}.");
}

/// <summary>A run file cannot be what was written.</summary>
internal sealed class CorruptRunException(string path, string message) : IOException(message)
{
    public string Path { get; } = path;
}
