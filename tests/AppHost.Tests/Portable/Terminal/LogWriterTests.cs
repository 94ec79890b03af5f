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

    public void Dispose() => _text.Dispose();
}
