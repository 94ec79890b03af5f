using AppHost.Tests.Support;
using MapReduce.AppHost.Portable;
using MapReduce.AppHost.Portable.Redis;

namespace AppHost.Tests.Portable.Redis;

public sealed class RedisChoiceTests
{
    [Fact]
    public void Of_None_IsNeitherProgramNorConnection() => Assert.Equal((null, null), (RedisChoice.Of("none").Program, RedisChoice.Of("none").Connection));

    [Fact]
    public void Of_ConnectionString_IsThatConnection() => Assert.Equal("db:6379,password=secret", RedisChoice.Of("db:6379,password=secret").Connection);

    [Fact]
    public void Of_ConnectionString_IsDescribedWithoutItsPassword() => Assert.Equal("db:6379 (from --redis)", RedisChoice.Of("db:6379,password=secret").Description);

    [Fact]
    public void Of_PathOfProgram_IsThatProgram() => Assert.Equal("/bin/sh", RedisChoice.Of("/bin/sh").Program);

    [Fact]
    public void Of_PathOfNoProgram_SaysWhatToGive()
    {
        using var home = new TemporaryDirectory();
        Assert.Contains("give the path of redis-server", Refused(home.Below("missing")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password=secret")]
    [InlineData(",password=secret")]
    public void Of_ConnectionStringWithoutServer_IsRefusedWithoutRepeatingIt(string connection) =>
        Assert.DoesNotContain("secret", Refused(connection), StringComparison.Ordinal);

    private static string Refused(string option) => Assert.Throws<LauncherException>(() => RedisChoice.Of(option)).Message;
}
