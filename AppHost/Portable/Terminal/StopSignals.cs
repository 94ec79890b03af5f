using System.Runtime.InteropServices;

namespace MapReduce.AppHost.Portable.Terminal;

/// <summary>Ctrl+C, SIGTERM and SIGHUP: the first stops the cluster in good order, a second at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly LogWriter _log;
    private readonly Action _stop;
    private readonly Action _hurry;
    private readonly PosixSignalRegistration[] _signals;
    private int _count;

    public StopSignals(LogWriter log, Action stop, Action hurry)
    {
        (_log, _stop, _hurry) = (log, stop, hurry);
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            _hurry();
            return;
        }
        _log.Say("stopping: workers finish or release their tasks, then the master and Redis end (again to stop at once)");
        _stop();
    }
}
