using System.IO.Compression;
using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>
/// Where the bytes of one output file go: through a compressor, if there is one, into a file that is created when the first come.
/// Keeps the checksum, and knows whose fault it is when they cannot be written.
/// </summary>
internal sealed class OutputSink(string name, OutputCompression compression, Func<string, IFileWriter> create, Workspace workspace) : IDisposable
{
    private static ReadOnlySpan<byte> EmptyGzip => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    // Of what is held back; what was not, is as much as its writer gives at once.
    private const int WriteSize = 64 << 10;

    private IFileWriter? _file;
    private Stream? _compressor;
    private HeldBytes? _held;
    private uint _crc;

    public string Name => name;

    public bool IsOpen { get; private set; } = true;

    /// <summary>What was completed; null for a file that is open, or that was given up.</summary>
    public OutputFile? Completed { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(!IsOpen, this);
        // User code may have caught the failure of an earlier write, whose bytes are lost.
        workspace.Fault.Rethrow();
        if (_held is not null) _held.Append(bytes);
        else WriteThrough(bytes);
    }

    /// <summary>From now on what is written waits until it is said whether it stands.</summary>
    public void Stage() => _held = new HeldBytes();

    /// <summary>What was written stands.</summary>
    public void Keep()
    {
        _held!.Keep();
        if (_held.Kept.Length >= WriteSize) WriteHeld(_held);
    }

    /// <summary>What was written since the last time does not stand.</summary>
    public void Drop() => _held!.Drop();

    private void WriteHeld(HeldBytes held)
    {
        WriteThrough(held.Kept);
        held.Clear();
    }

    private void WriteThrough(ReadOnlySpan<byte> bytes)
    {
        try
        {
            workspace.Cancellation.ThrowIfCancellationRequested();
            Open();
            if (_compressor is null) WriteOut(bytes);
            else _compressor.Write(bytes);
        }
        catch (Exception error) when (workspace.Fault.Note(error))
        {
            throw;
        }
    }

    /// <summary>Closes the file, by which it is durable as far as files are at all, and says what it is.</summary>
    public OutputFile Complete(long records)
    {
        if (Completed is not null) return Completed;
        ObjectDisposedException.ThrowIf(!IsOpen, this);
        workspace.Fault.Rethrow();
        if (_held is not null)
        {
            _held.Keep();
            WriteHeld(_held);
        }

        try
        {
            Open();
            _compressor?.Dispose();
            // Of nothing the compressor makes nothing, which is no file of its format.
            if (compression == OutputCompression.Gzip && _file!.Length == 0) WriteOut(EmptyGzip);
            var length = _file!.Length;
            Dispose();
            return Completed = new OutputFile(name, length, records, _crc);
        }
        catch (Exception error) when (workspace.Fault.Note(error))
        {
            throw;
        }
    }

    public void Dispose()
    {
        IsOpen = false;
        var file = _file;
        _file = null;
        file?.Dispose();
    }

    private void Open()
    {
        if (_file is not null) return;
        _file = create(name);
        _compressor = compression switch
        {
            OutputCompression.Gzip => new BlockStream(new GZipStream(new Bytes(this), CompressionLevel.Optimal)),
            OutputCompression.Brotli => new BlockStream(new BrotliStream(new Bytes(this), CompressionLevel.Optimal)),
            _ => null,
        };
    }

    private void WriteOut(ReadOnlySpan<byte> bytes)
    {
        _file!.Write(bytes);
        _crc = Crc32C.Compute(bytes, _crc);
    }

    /// <summary>What comes out of the compressor.</summary>
    private sealed class Bytes(OutputSink sink) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => sink.WriteOut(buffer);

        public override void Flush() { }
    }
}
