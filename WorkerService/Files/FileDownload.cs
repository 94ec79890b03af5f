using System.Security.Cryptography;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Worker;

namespace MapReduce.WorkerService.Files;

/// <summary>Opens a file at a master, by its SHA-256.</summary>
internal delegate Task<Stream> OpenFile(string sha256, CancellationToken cancellationToken);

/// <summary>Fetches one file from a master, to be read only when all of it is there and has its hash. Runs once.</summary>
/// <param name="file">The file.</param>
/// <param name="path">Where it is put; its directory must exist.</param>
/// <param name="open">Opens it at the master that answers.</param>
/// <param name="time">The clock of pauses and patience.</param>
internal sealed class FileDownload(ShippedFile file, string path, OpenFile open, TimeProvider time)
{
    private const int MostTries = 5, BufferSize = 256 << 10;

    // A master that fell silent in the middle of a file has gone, and the next try finds another.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), FirstPause = TimeSpan.FromSeconds(1);

    private readonly string _draft = path + ".draft";
    private long _received;

    /// <summary>Bytes that have come in this try; may be asked from any thread.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <exception cref="AttemptFailedException">The file cannot be had, or cannot be written; nothing of it stays.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            try
            {
                await TryAsync(cancellationToken);
                return;
            }
            catch (MasterRefusedException gone)
            {
                throw gone.Status == 404 ? Failed(FailureKind.User, gone.Message, gone, isFinal: true) : Failed(FailureKind.Worker, gone.Message, gone);
            }
            catch (Exception failure) when (failure is MasterUnavailableException or BrokenTransferException)
            {
                if (tries == MostTries) throw Failed(FailureKind.Worker, $"After {tries} tries: {failure.Message}", failure);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw Failed(FailureKind.Worker, $"It cannot be written: {failure.Message}", failure);
            }
            finally
            {
                File.Delete(_draft);
            }

            await Task.Delay(pause, time, cancellationToken);
            pause *= 2;
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _received, 0);
        await using var body = await open(file.Sha256, cancellationToken);
        await using (var draft = new FileStream(_draft, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var hash = await CopyAsync(body, draft, cancellationToken);
            if (Received != file.Length || hash != file.Sha256)
                throw new BrokenTransferException($"{Received} bytes came with the SHA-256 {hash}, not {file.Length} with {file.Sha256}. Should that go on, the master's copy is damaged: delete 'files/{file.Sha256}' in the masters' data folder and submit the job again.");
        }

        // Programs of several attempts have it at a time.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_draft, Mode);
        File.Move(_draft, path, overwrite: true);
    }

    private async Task<string> CopyAsync(Stream body, FileStream draft, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await ReadAsync(body, buffer, cancellationToken)) > 0 && Received <= file.Length)
        {
            hash.AppendData(buffer, 0, read);
            await draft.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            Volatile.Write(ref _received, _received + read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, either.Token);
        }
        catch (Exception broken) when (broken is IOException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new BrokenTransferException($"The master sent {Received} of {file.Length} bytes: {(broken is IOException ? broken.Message : $"then nothing for {Patience.TotalSeconds:0} s.")}", broken);
        }
    }

    private UnixFileMode Mode => UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead
        | (file.IsExecutable ? UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : 0);

    private AttemptFailedException Failed(FailureKind kind, string why, Exception inner, bool isFinal = false) =>
        new(new AttemptFailure(kind, $"The file '{file.Name}' of {file.Length} bytes could not be fetched. {why}", isFinal), inner);

    private sealed class BrokenTransferException(string message, Exception? inner = null) : Exception(message, inner);
}
