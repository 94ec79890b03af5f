using System.ComponentModel;
using MapReduce.AppHost.Portable.Processes;
using MapReduce.AppHost.Portable.Terminal;

namespace MapReduce.AppHost.Portable.Services;

/// <summary>Keeps one service running from <see cref="StartAsync"/> to <see cref="StopAsync"/>.</summary>
internal sealed class Supervisor(ServiceSpec spec, LogWriter log, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    // Longer than the keeper takes to kill what it keeps.
    private static readonly TimeSpan AbandonLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private KeptProcess? _process;
    private Task _watch = Task.CompletedTask;

    /// <summary>Called with the process id whenever the service has started, and with null when it has ended.</summary>
    public event Action<string, int?>? Changed;

    /// <summary>Starts the service and waits until it is ready. From then on it is started again whenever it ends.</summary>
    /// <exception cref="LauncherException">It ended before it was ready, or took too long.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = await LaunchAsync();
        await ReadyAsync(_process, cancellationToken);
        _watch = WatchAsync(_process);
    }

    /// <summary>Asks the service to end; kills it when it takes longer than it may, or when <paramref name="hurry"/> is cancelled.</summary>
    public async Task StopAsync(CancellationToken hurry)
    {
        await _stopping.CancelAsync();
        // Before anything else: it may be starting the service again at this moment.
        await _watch;
        if (_process is not { } process) return;
        process.RequestStop();
        await Task.WhenAny(process.Exited, DelayAsync(spec.StopLimit, spec.Hurries ? hurry : CancellationToken.None));
        if (!process.Exited.IsCompleted) log.Error($"{spec.Name} is killed: it did not end by itself");
        process.Abandon();
        if (await Task.WhenAny(process.Exited, DelayAsync(AbandonLimit, CancellationToken.None)) != process.Exited) await KillAsync(process);
        Tell(null);
    }

    public void Dispose()
    {
        _process?.Dispose();
        _stopping.Dispose();
    }

    // Somebody killed the keeper, or what the service started itself has outlived it and still holds its output.
    private async Task KillAsync(KeptProcess process)
    {
        log.Error($"{spec.Name} is killed without its keeper, which has ended");
        process.Kill();
        await Task.WhenAny(process.Exited, DelayAsync(AbandonLimit, CancellationToken.None));
    }

    // Who cannot note what runs must still keep it running.
    private void Tell(int? pid)
    {
        try
        {
            Changed?.Invoke(spec.Name, pid);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            log.Error($"what runs could not be noted: {refused.Message}");
        }
    }

    private async Task<KeptProcess> LaunchAsync()
    {
        var process = KeptProcess.Start(spec.Command, spec.Name, log);
        var pid = await process.PidAsync();
        Tell(pid);
        log.Say($"{spec.Name} started{(pid is null ? "" : $" (process {pid})")}");
        return process;
    }

    private async Task ReadyAsync(KeptProcess process, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (!await spec.IsReady(either.Token))
            {
                if (process.Exited.IsCompleted)
                    throw new LauncherException($"{spec.Name} ended with exit code {await process.Exited} before it was ready: its own lines above say why.");
                await Task.Delay(ProbeInterval, time, either.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LauncherException($"{spec.Name} was not ready within {StartLimit.TotalSeconds:0} s: its own lines above may say why.");
        }
    }

    private async Task WatchAsync(KeptProcess process)
    {
        var pause = new RestartPause(time);
        while (true)
        {
            pause.Started();
            await Task.WhenAny(process.Exited, DelayAsync(Timeout.InfiniteTimeSpan, _stopping.Token));
            if (_stopping.IsCancellationRequested) return;
            _process = null;
            Tell(null);
            var wait = pause.Next();
            log.Error($"{spec.Name} ended with exit code {await process.Exited}; it is started again in {wait.TotalSeconds:0.#} s");
            process.Dispose();
            if (await LaunchAgainAsync(pause, wait) is not { } next) return;
            _process = process = next;
        }
    }

    // Null when the service is to stop. A machine that is short of processes or memory may not start it now, but later.
    private async Task<KeptProcess?> LaunchAgainAsync(RestartPause pause, TimeSpan wait)
    {
        while (true)
        {
            await DelayAsync(wait, _stopping.Token);
            if (_stopping.IsCancellationRequested) return null;
            try
            {
                return await LaunchAsync();
            }
            catch (Win32Exception refused)
            {
                wait = pause.Next();
                log.Error($"{spec.Name} cannot be started: {refused.Message}; it is tried again in {wait.TotalSeconds:0.#} s");
            }
        }
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
