using System.Globalization;
using System.Text;
using MapReduce.Protocol;

namespace MapReduce.Output;

/// <summary>A file of text beside the part. It holds nothing back but half a character, so that it need not be closed.</summary>
internal sealed class SideFileWriter : TextWriter, IAttemptFile
{
    private readonly SideFileStream _file;
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();

    public SideFileWriter(SideFileStream file) : base(CultureInfo.InvariantCulture)
    {
        _file = file;
        NewLine = "\n";
    }

    public override Encoding Encoding => Encoding.UTF8;

    public bool IsOpen => _file.IsOpen;

    public bool IsEmpty => _file.IsEmpty;

    public override void Write(char value) => Encode([value], isLast: false);

    public override void Write(string? value) => Encode(value, isLast: false);

    public override void Write(char[] buffer, int index, int count) => Encode(buffer.AsSpan(index, count), isLast: false);

    public override void Write(ReadOnlySpan<char> buffer) => Encode(buffer, isLast: false);

    public override void WriteLine(string? value)
    {
        Write(value);
        Write(NewLine);
    }

    public void Stage() => _file.Stage();

    public void Keep() => _file.Keep();

    public void Drop()
    {
        _encoder.Reset();
        _file.Drop();
    }

    public OutputFile? Complete()
    {
        Dispose();
        return _file.Complete();
    }

    public void Abandon() => _file.Abandon();

    protected override void Dispose(bool disposing)
    {
        if (disposing && IsOpen)
        {
            Encode([], isLast: true);
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Encode(ReadOnlySpan<char> text, bool isLast)
    {
        Span<byte> bytes = stackalloc byte[512];
        bool isDone;
        do
        {
            _encoder.Convert(text, bytes, isLast, out var taken, out var made, out isDone);
            _file.Write(bytes[..made]);
            text = text[taken..];
        }
        while (!isDone);
    }
}
