using AppHost.Tests.Support;
using MapReduce.AppHost.Portable;
using MapReduce.AppHost.Portable.Data;

namespace AppHost.Tests.Portable.Data;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    [Fact]
    public void Open_New_IsForItsOwnerOnly()
    {
        using var data = DataFolder.Open(_home.Below("data"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.Path));
    }

    [Fact]
    public void Open_FolderOpenToOthers_KeepsThemOutOfWhatItHolds()
    {
        using var data = DataFolder.Open(_home.Path);
        Assert.All([data.Master, data.Redis, data.Workers], inner => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(inner)));
    }

    [Fact]
    public void Open_InUse_IsRefused()
    {
        using var data = DataFolder.Open(_home.Path);
        Assert.Contains("in use by another AppHost", Assert.Throws<LauncherException>(() => DataFolder.Open(_home.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ReleasedBefore_Succeeds()
    {
        DataFolder.Open(_home.Path).Dispose();
        using var again = DataFolder.Open(_home.Path);
    }

    [Fact]
    public void Open_PathOfAFile_SaysHowToGoOn()
    {
        File.WriteAllText(_home.Below("file"), "");
        Assert.Contains("--data", Assert.Throws<LauncherException>(() => DataFolder.Open(_home.Below("file"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();
}
