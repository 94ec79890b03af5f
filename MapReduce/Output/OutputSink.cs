using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>Where the bytes of one output file go: their checksum, and whose fault it is when they cannot be written.</summary>
internal sealed class OutputSink(string name, Func<string, IFileWriter> create, Workspace workspace) : IDisposable
{
    private IFileWriter? _file = create(name);
    private OutputFile? _completed;
    private uint _crc;

    public string Name => name;

    public bool IsOpen => _file is not null;

    public long Length => _file?.Length ?? _completed?.Length ?? 0;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_file is null, this);
        // User code may have caught the failure of an earlier write, whose bytes are lost.
        workspace.Fault.Rethrow();
        try
        {
            workspace.Cancellation.ThrowIfCancellationRequested();
            _file.Write(bytes);
            _crc = Crc32C.Compute(bytes, _crc);
        }
        catch (Exception error) when (workspace.Fault.Note(error))
        {
            throw;
        }
    }

    /// <summary>Closes the file, by which it is durable as far as files are at all, and says what it is.</summary>
    public OutputFile Complete(long records)
    {
        if (_completed is not null) return _completed;
        workspace.Fault.Rethrow();
        try
        {
            var length = Length;
            Dispose();
            return _completed = new OutputFile(name, length, records, _crc);
        }
        catch (Exception error) when (workspace.Fault.Note(error))
        {
            throw;
        }
    }

    public void Dispose()
    {
        var file = _file;
        _file = null;
        file?.Dispose();
    }
}
