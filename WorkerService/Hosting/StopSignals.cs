using System.Runtime.InteropServices;

namespace MapReduce.WorkerService.Hosting;

/// <summary>Counts requests to end: the first drains the worker, as its host does too; the second stops it at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    public StopSignals() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Count()), PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Count())];

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void Count()
    {
        if (Interlocked.Increment(ref _count) == 2) _stop.Cancel();
    }
}
