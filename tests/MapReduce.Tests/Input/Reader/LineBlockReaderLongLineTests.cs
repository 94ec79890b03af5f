using MapReduce.Input;
using MapReduce.Storage;

namespace MapReduce.Tests.Input.Reader;

public class LineBlockReaderLongLineTests
{
    private const long LineLength = 200_000_000;

    [Fact]
    public void Read_TwoHundredMegabytesOnOneLine_IsOneBlock()
    {
        var files = new MemoryFiles();
        using var reader = new LineBlockReader(files, files.Add("/f", new OneLine()), new LineBuffer());
        var lengths = new List<int>();
        while (reader.Read() is { } block) lengths.Add(block.Length);
        Assert.Equal([(int)LineLength], lengths);
    }

    [Fact]
    public void Read_RangesWithinALongLine_GiveNothing()
    {
        var files = new MemoryFiles();
        var ranges = files.Add("/f", new OneLine()).Cut(1, LineLength / 2);
        Assert.Empty(Reading.Blocks(files, ranges.Skip(1)));
    }

    [Fact]
    public void Read_RangeWithinALongLine_StopsAtItsEnd()
    {
        var files = new MemoryFiles();
        var range = files.Add("/f", new OneLine()).Cut(1_000_000, 2_000_000).ElementAt(1);
        using var reader = new LineBlockReader(files, range, new LineBuffer());
        Assert.Null(reader.Read());
        Assert.True(reader.BytesRead < 3_000_000, $"{reader.BytesRead} bytes were read to find that no line begins in a range of 1,000,000.");
    }

    private sealed class OneLine : IFileReader
    {
        public long Length => LineLength;

        public int Read(Span<byte> buffer, long offset)
        {
            var read = (int)Math.Clamp(LineLength - offset, 0, buffer.Length);
            buffer[..read].Fill((byte)'x');
            return read;
        }

        public void Dispose()
        {
        }
    }
}
