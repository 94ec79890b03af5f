using System.Text.RegularExpressions;
using AppHost.Tests.Support;
using MapReduce.TestJobs;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>
/// One more worker, whose work directory is a small disk of its own: a <c>tmpfs</c> that is mounted in a name space that the
/// worker alone is in, for which nobody has to be root.
/// </summary>
internal sealed class SmallDiskWorker : IAsyncDisposable
{
    public const int Slots = 2;

    // A worker claims nothing with less than 512 MiB.
    private const string Size = "600m";

    private const string Mounted = """mount -t tmpfs -o size="$1" tmpfs "$2" && exec dotnet "$3" """;

    private readonly KeptProgram _program;
    private readonly string _folder;

    private SmallDiskWorker(KeptProgram program, string folder) => (_program, _folder) = (program, folder);

    public string Id { get; private set; } = "";

    public static async Task<SmallDiskWorker> StartAsync(FaultCluster cluster)
    {
        var folder = Directory.CreateDirectory(Path.Combine(cluster.Folder, "small-disk")).FullName;
        var environment = new Dictionary<string, string>
        {
            ["services__master__http__0"] = cluster.Portable.Masters[0].ToString().TrimEnd('/'),
            ["MapReduce__Worker__Token"] = cluster.Portable.Token("worker"),
            ["MapReduce__Worker__Slots"] = $"{Slots}",
            ["MapReduce__Worker__WorkDirectory"] = folder,
            ["MapReduce__Worker__JobAssemblies__0"] = typeof(Gate).Assembly.Location,
        };
        string[] command = ["unshare", "--map-root-user", "--mount", "/bin/sh", "-c", Mounted, "mounted", Size, folder, Checkout.WorkerService];
        var worker = new SmallDiskWorker(KeptProgram.Start(command, environment), folder);
        try
        {
            await worker._program.WaitForLineAsync("serves map outputs at");
            worker.Id = Regex.Match(worker._program.Output, "Worker ([0-9a-f]{16}) with").Groups[1].Value;
            await Eventually.HoldsAsync(async () => (await cluster.Client.WorkersAsync()).Any(each => each.Registration.Id == worker.Id), "the worker is registered");
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the disk full, to the last byte.</summary>
    public void Fill()
    {
        // The name space of another process is reached by the way of that process.
        using var filling = new FileStream($"/proc/{_program.Pid}/root{_folder}/filling", FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var piece = new byte[1 << 20]; piece.Length > 0; piece = new byte[piece.Length / 2])
        {
            try
            {
                while (true) filling.Write(piece);
            }
            catch (IOException)
            {
                // So much no longer fits; perhaps half of it does.
            }
        }
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
