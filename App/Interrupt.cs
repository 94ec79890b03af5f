using System.Runtime.InteropServices;

namespace MapReduce.App;

/// <summary>
/// Turns Ctrl+C and SIGTERM into a cancellation, so that the job can clean up; a second one leaves at once.
/// Safe for concurrent use.
/// </summary>
internal sealed class Interrupt(TextWriter error, Action<int> exit) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private PosixSignalRegistration[] _signals = [];
    private string _notice = "stopping: the job is being cancelled and its temporary files deleted (again to leave at once)";
    private int _count;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>True once a signal came.</summary>
    public bool Fired => Volatile.Read(ref _count) > 0;

    /// <summary>Begins to listen. Not before there is something to clean up: until then a signal may end the process as usual.</summary>
    /// <param name="notice">What the first signal tells the person; null for what it means to a run in this process.</param>
    public void Listen(string? notice = null)
    {
        _notice = notice ?? _notice;
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
        ];
    }

    /// <summary>What a signal does.</summary>
    public void Fire()
    {
        if (Interlocked.Increment(ref _count) > 1)
        {
            exit(ExitCode.Interrupted);
            return;
        }
        error.WriteLine(_notice);
        _cancellation.Cancel();
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _cancellation.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        Fire();
    }
}
