using MapReduce.AppHost.Portable.Terminal;

namespace AppHost.Tests.Portable.Terminal;

public sealed class LogWriterTests : IDisposable
{
    private readonly StringWriter _text = new() { NewLine = "\n" };

    [Fact]
    public void Line_OfShortAndLongName_BeginsInTheSameColumn()
    {
        var log = new LogWriter(_text, colour: false);
        log.Line("redis", "one");
        log.Line("worker-12", "two");
        log.Say("three");
        Assert.Equal("redis     | one\nworker-12 | two\nlauncher  | three\n", _text.ToString());
    }

    [Fact]
    public void Line_WithColour_ColoursTheNameOnly()
    {
        new LogWriter(_text, colour: true).Line("redis", "one");
        Assert.Matches(@"^\e\[\d\dmredis    \e\[0m \| one\n$", _text.ToString());
    }

    [Fact]
    public void Line_WithColour_GivesEveryServiceOfASmallClusterAnother()
    {
        var log = new LogWriter(_text, colour: true);
        foreach (var name in new[] { "worker-1", "worker-2", "worker-3" }) log.Line(name, "");
        Assert.Equal(3, _text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..5]).Distinct().Count());
    }

    [Fact]
    public void Line_DiskFull_IsLost()
    {
        using var full = new FullWriter();
        new LogWriter(full, colour: false).Line("redis", "one");
        Assert.Equal(1, full.Tries);
    }

    public void Dispose() => _text.Dispose();

    private sealed class FullWriter : StringWriter
    {
        public int Tries { get; private set; }

        public override void WriteLine(string? value)
        {
            Tries++;
            throw new IOException("No space left on device");
        }
    }
}
