using MapReduce.Protocol;
using MapReduce.Streaming;

namespace MapReduce.Tests.Streaming;

public sealed class StreamCommandTests
{
    [Theory]
    [InlineData("cat", "cat")]
    [InlineData("  sort  -k 1,1\t-n ", "sort|-k|1,1|-n")]
    [InlineData("""awk '{ print $1 "\t" 1 }'""", """awk|{ print $1 "\t" 1 }""")]
    [InlineData("""sh -c "echo 'a  b'" """, "sh|-c|echo 'a  b'")]
    [InlineData("""grep -e'a b'c""", "grep|-ea bc")]
    [InlineData("""grep "" ''""", "grep||")]
    [InlineData("""a\ b""", """a\|b""")]
    public void Parse_Command_GivesItsWords(string text, string words) =>
        Assert.Equal(words.Split('|'), StreamCommand.Parse("mapper", text).Words);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("   ", "is empty")]
    [InlineData("''", "is empty")]
    [InlineData("awk '{", "not closed, at character 5")]
    public void Parse_NoCommand_IsRefused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => StreamCommand.Parse("mapper", text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"mapper":"cat","combiner":"cat"}""", "without a reducer")]
    [InlineData("""{"mapper":"cat","files":"here.py"}""", "absolute")]
    [InlineData("""{"mapper":"cat","files":"x QQ== ../here.py"}""", "absolute")]
    [InlineData("""{"mapper":"cat","files":"x Q here.py"}""", "absolute")]
    [InlineData("""{"mapper":"cat","files":"/a/x.py\n/b/x.py"}""", "two files are named 'x.py'")]
    [InlineData("""{"mapper":"cat","reducer":"'"}""", "the reducer ' has a quote")]
    public void Plan_Nonsense_IsRejected(string options, string why) =>
        Assert.Contains(why, Assert.Throws<JobRejectedException>(() => StreamJob.Definition.Plan(options)).Message, StringComparison.Ordinal);
}
