using System.Security.Cryptography;
using MapReduce.MasterService.Files;
using MapReduce.MasterService.Http;
using MapReduce.MasterService.Options;
using MapReduce.Storage;

namespace MasterService.Tests.Files;

public sealed class FileStoreTests : IDisposable
{
    private static readonly string[] Hashes = [.. Enumerable.Range(0, 3).Select(i => new string((char)('a' + i), 64))];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mapreduce-files-");
    private long _free = long.MaxValue;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Trim_OldFiles_GoUnlessAJobNeedsThem()
    {
        string[] names = [Hashes[0], Hashes[1], $"{Hashes[2]}.0123", "young"];
        foreach (var name in names) Put(name, name == "young" ? TimeSpan.FromHours(23) : TimeSpan.FromHours(25));

        Assert.Equal(2, Store().Trim(new HashSet<string> { Hashes[0] }));
        Assert.Equal([Hashes[0], "young"], Directory.GetFiles(Path.Combine(_folder.FullName, "files")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Renew_OldFile_StaysForAnotherDay()
    {
        Put(Hashes[0], TimeSpan.FromHours(25));

        Assert.True(Store().Renew(Hashes[0]));
        Assert.Equal(0, Store().Trim(new HashSet<string>()));
        Assert.False(Store().Renew(Hashes[1]));
    }

    [Fact]
    public void Trim_FileIsAskedForMeanwhile_Stays()
    {
        var store = Store();
        foreach (var hash in Hashes) Put(hash, TimeSpan.FromHours(25));

        Assert.Equal(2, store.Trim(new AskedMeanwhile(() => Assert.True(store.Renew(Hashes[0])))));
        Assert.True(store.Renew(Hashes[0]));
    }

    [Fact]
    public async Task Store_DiskFillsMeanwhile_IsRefusedAndLeavesNothing()
    {
        var content = new byte[600_000];
        _free = (512 << 20) + content.Length;
        using var body = new Spied(content, () => _free -= 300_000);

        Assert.Equal(507, (await Assert.ThrowsAsync<RequestException>(() => Store().StoreAsync(Hashes[0], body, content.Length, CancellationToken.None))).Status);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "files")));
    }

    [Fact]
    public async Task Store_DiskIsNearlyFull_IsRefusedAndLeavesNothing()
    {
        _free = (512 << 20) + 3;

        var refused = await Assert.ThrowsAsync<RequestException>(() => StoreAsync("said"u8.ToArray()));
        Assert.Equal(507, refused.Status);
        Assert.Contains("512 MiB left", refused.Message);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "files")));

        _free++;
        await StoreAsync("said"u8.ToArray());
    }

    private FileStore Store() => new(PhysicalFileSystem.Instance, Microsoft.Extensions.Options.Options.Create(new MasterOptions { DataFolder = _folder.FullName }), TimeProvider.System, _ => _free);

    private Task StoreAsync(byte[] content) =>
        Store().StoreAsync(Convert.ToHexStringLower(SHA256.HashData(content)), new MemoryStream(content), content.Length, CancellationToken.None);

    private void Put(string name, TimeSpan age)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "files")).FullName, name);
        File.WriteAllText(path, name);
        File.SetLastWriteTimeUtc(path, (TimeProvider.System.GetUtcNow() - age).UtcDateTime);
    }

    /// <summary>No file is needed, but each time that one is looked for somebody asks for another.</summary>
    private sealed class AskedMeanwhile(Action ask) : HashSet<string>, IReadOnlySet<string>
    {
        bool IReadOnlySet<string>.Contains(string item)
        {
            ask();
            return false;
        }
    }

    private sealed class Spied(byte[] content, Action onRead) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            onRead();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
