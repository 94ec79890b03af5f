using AppHost.Tests.Support;
using MapReduce.AppHost.Portable.Data;

namespace AppHost.Tests.Portable.Data;

public sealed class SecretFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _home = new();

    private string Secret => _home.Below("secret");

    [Fact]
    public void ReadOrCreate_Twice_IsTheSame() => Assert.Equal(SecretFile.ReadOrCreate(Secret), SecretFile.ReadOrCreate(Secret));

    [Fact]
    public void ReadOrCreate_TwoFiles_AreDifferent() => Assert.NotEqual(SecretFile.ReadOrCreate(Secret), SecretFile.ReadOrCreate(_home.Below("other")));

    [Fact]
    public void ReadOrCreate_New_IsReadableByTheOwnerOnly()
    {
        SecretFile.ReadOrCreate(Secret);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Secret));
    }

    [Fact]
    public void ReadOrCreate_OpenToOthers_IsClosed()
    {
        SecretFile.ReadOrCreate(Secret);
        File.SetUnixFileMode(Secret, OwnerOnly | UnixFileMode.OtherRead);
        SecretFile.ReadOrCreate(Secret);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Secret));
    }

    [Fact]
    public void ReadOrCreate_HalfWritten_IsReplaced()
    {
        File.WriteAllText(Secret, "ab");
        Assert.Equal(64, SecretFile.ReadOrCreate(Secret).Length);
    }

    public void Dispose() => _home.Dispose();
}
