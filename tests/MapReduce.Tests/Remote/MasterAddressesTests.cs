using MapReduce.Remote;

namespace MapReduce.Tests.Remote;

public sealed class MasterAddressesTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("localhost:5080")]
    [InlineData("ftp://a")]
    [InlineData("http://a:1,nonsense")]
    public void Parse_NoSuchAddress_IsRefusedWithAnExample(string text) =>
        Assert.Contains("http://127.0.0.1:5080", Assert.Throws<FormatException>(() => MasterAddresses.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void MoveOnFrom_LastOne_GoesBackToTheFirst()
    {
        var masters = MasterAddresses.Parse("http://a:1,http://b:1");
        var first = masters.Current;
        masters.MoveOnFrom(first);
        masters.MoveOnFrom(masters.Current);
        Assert.Equal(first, masters.Current);
    }

    [Fact]
    public void MoveOnFrom_OneThatWasLeft_StaysWhereItIs()
    {
        var masters = MasterAddresses.Parse("http://a:1,http://b:1,http://c:1");
        var first = masters.Current;
        masters.MoveOnFrom(first);
        masters.MoveOnFrom(first);
        Assert.Equal("b", masters.Current.Host);
    }
}
