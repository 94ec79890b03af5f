using System.Security.Cryptography;
using MapReduce.Protocol;
using MapReduce.Remote.Http;
using MapReduce.Remote.Wire;

namespace MapReduce.Remote;

public sealed partial class ClusterClient
{
    // Bytes a second. A network that is slower is no place for large files.
    private const long SlowestNetwork = 256 << 10;

    /// <summary>Sends a file for a streaming job to the cluster, unless it has it already. It is kept for a day, and for as long as a job needs it.</summary>
    /// <param name="path">An existing file; it must not change meanwhile.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the job's option <c>files</c> takes, one a line.</returns>
    /// <exception cref="JobRejectedException">It is a directory, or the cluster refuses it: it is too large, or user code is not allowed.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<ShippedFile> ShipAsync(string path, CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(path))
            throw new JobRejectedException([$"'{path}' is a directory, and only files travel with a job: pack it, and let the program unpack it (sh -c 'tar xf packed.tar && …')."]);
        var file = await DescribeAsync(path, cancellationToken);
        var ask = MasterCall.Post(MasterApi.Files, MasterRole.Submit, new FilesMessage([file.Sha256]), WireJson.Default.FilesMessage);
        var send = new MasterCall(HttpMethod.Put, MasterApi.For(MasterApi.File, file.Sha256), MasterRole.Submit)
        {
            Content = () => new StreamContent(OpenFile(path)),
            Timeout = MasterCall.UsualTimeout + TimeSpan.FromSeconds(file.Length / SlowestNetwork),
        };
        return await OrRejectedAsync(async () =>
        {
            var reply = await _master.SendAsync(ask, WireJson.Default.MissingFilesReply, cancellationToken);
            if (reply.Missing.Count > 0) await _master.SendAsync(send, cancellationToken);
            return file;
        });
    }

    private static async Task<ShippedFile> DescribeAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = OpenFile(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        var isExecutable = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;
        var file = new ShippedFile(Path.GetFileName(path), hash, content.Length, isExecutable);
        return ShippedFile.TryParse(file.ToString()) is not null ? file : throw new JobRejectedException([$"'{path}' has a name that cannot travel: rename it to one without control characters."]);
    }

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
}
