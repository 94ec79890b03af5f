using System.Net;
using MapReduce.Protocol;
using MasterService.Tests.Support;

namespace MasterService.Tests.Admission;

public sealed class AdmissionTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mapreduce-master-");
    private MasterHost _host = null!;

    private string Root => Path.Combine(_folder.FullName, "root");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Root);
        _host = await MasterHost.StartAsync(
            new Dictionary<string, string?> { ["MapReduce:Roots:0"] = Root, ["MapReduce:Limits:MapTasks"] = "2", ["MapReduce:Limits:OptionsLength"] = "10" }, _folder.FullName);
        _host.File("root/in/a.txt", "some text");
        _host.File("outside/b.txt", "a secret");
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("in")]
    [InlineData("in/*.txt")]
    [InlineData("../root/in")]
    public async Task Submit_BelowTheRoot_IsAdmitted(string input)
    {
        using var response = await _host.Client.SubmitAsync(Spec($"{Root}/{input}"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("ROOT/../outside")]
    [InlineData("ROOT/*/../../outside/b.txt")]
    [InlineData("ROOTed")]
    [InlineData("/*")]
    public async Task Submit_InputOutside_IsRefused(string input)
    {
        using var response = await _host.Client.SubmitAsync(Spec(input.Replace("ROOT", Root)));

        Assert.Contains("outside", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Submit_StandardInput_IsRefusedWithARemedy()
    {
        using var response = await _host.Client.SubmitAsync(Spec("-"));

        Assert.Contains("put the data into a file that they see", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Submit_LinkedDirectoryThatLeadsOut_IsRefused()
    {
        Directory.CreateSymbolicLink(Path.Combine(Root, "link"), Path.Combine(_folder.FullName, "outside"));

        using var response = await _host.Client.SubmitAsync(Spec($"{Root}/link"));

        Assert.Contains("outside", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Submit_LinkedFileThatLeadsOut_IsRefused()
    {
        File.CreateSymbolicLink(Path.Combine(Root, "in/c.txt"), Path.Combine(_folder.FullName, "outside/b.txt"));

        using var response = await _host.Client.SubmitAsync(Spec($"{Root}/in"));

        Assert.Contains("leads outside", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Submit_OutputBehindALinkThatLeadsOut_IsRefused()
    {
        Directory.CreateSymbolicLink(Path.Combine(Root, "link"), Path.Combine(_folder.FullName, "outside"));

        using var response = await _host.Client.SubmitAsync(Spec($"{Root}/in") with { Output = $"{Root}/link/out" });

        Assert.Contains("Output", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Submit_EverythingWrong_NamesEveryReason()
    {
        using var response = await _host.Client.SubmitAsync(Spec("/etc/hostname") with { Output = "/out", Options = "{\"a\":\"longer than ten\"}", Priority = 0 });

        Assert.Equal(4, (await response.ProblemAsync(HttpStatusCode.BadRequest)).Count);
    }

    [Fact]
    public async Task Submit_TooManyMapTasks_IsRefused()
    {
        using var response = await _host.Client.SubmitAsync(Spec($"{Root}/in") with { SplitSize = 1 });

        Assert.Contains("limit 2", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Submit_StreamingJob_IsRefused()
    {
        using var response = await _host.Client.SubmitAsync(Spec($"{Root}/in") with { Job = "stream" });

        Assert.Contains("AllowUserCode", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Submit_StreamingJobWhereAllowed_IsAdmitted()
    {
        await using var host = await MasterHost.StartAsync(new Dictionary<string, string?> { ["MapReduce:AllowUserCode"] = "true" }, Path.Combine(_folder.FullName, "other"));

        using var response = await host.Client.SubmitAsync(Spec($"{Root}/in") with { Job = "stream" });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private JobSpec Spec(string input) => _host.Spec() with { Inputs = [input], Output = Path.Combine(Root, "out") };
}
