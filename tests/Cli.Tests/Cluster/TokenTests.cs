namespace Cli.Tests.Cluster;

public sealed class TokenTests : ClusterFixture
{
    [Fact]
    public async Task Token_FileNamed_ComesFirst()
    {
        Host.Environment["MAPREDUCE_TOKEN"] = "from-variable";
        Assert.Equal("from-option", await TokenAsync("--token-file", Directory.File("t", "from-option\n")));
    }

    [Fact]
    public async Task Token_InTheEnvironment_ComesBeforeFiles()
    {
        Host.Environment["MAPREDUCE_TOKEN"] = "from-variable";
        Host.Environment["MAPREDUCE_TOKEN_FILE"] = Directory.File("t", "from-file");
        Assert.Equal("from-variable", await TokenAsync());
    }

    [Fact]
    public async Task Token_FileInTheEnvironment_IsRead()
    {
        Host.Environment["MAPREDUCE_TOKEN_FILE"] = Directory.File("t", "from-file");
        Assert.Equal("from-file", await TokenAsync());
    }

    [Fact]
    public async Task Token_FileOfThisMachinesCluster_IsFound()
    {
        Directory.File("mapreduce/token", "from-launcher\n");
        Assert.Equal("from-launcher", await TokenAsync());
    }

    [Fact]
    public async Task Token_FileOfThisMachinesCluster_IsNotShownToOthers()
    {
        Directory.File("mapreduce/token", "from-launcher\n");
        Host.Environment["MAPREDUCE_MASTER"] = "http://example.org:5080";
        Assert.Null(await TokenAsync());
    }

    [Fact]
    public async Task Token_FileOfThisMachinesCluster_IsNotShownWhereOneMasterIsElsewhere()
    {
        Directory.File("mapreduce/token", "from-launcher\n");
        Host.Environment["MAPREDUCE_MASTER"] = "http://127.0.0.1:5080,http://example.org:5080";
        Assert.Null(await TokenAsync());
    }

    [Fact]
    public async Task Token_Nowhere_IsLeftOut() => Assert.Null(await TokenAsync());

    [Fact]
    public async Task Token_FileMissing_IsExitCode2()
    {
        Assert.Equal(2, await Host.RunAsync("worker", "list", "--token-file", Path.Combine(Directory.Path, "none")));
        Assert.StartsWith("error: --token-file: ", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_FileEmpty_IsExitCode2()
    {
        Assert.Equal(2, await Host.RunAsync("worker", "list", "--token-file", Directory.File("t", "\n")));
        Assert.Contains("is empty", Host.Error.ToString(), StringComparison.Ordinal);
    }

    private async Task<string?> TokenAsync(params string[] more)
    {
        await Host.RunAsync(["worker", "list", .. more]);
        return Master.Requests[0].Token;
    }
}
