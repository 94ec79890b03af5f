using System.Collections.Concurrent;
using System.Diagnostics;

namespace AppHost.Tests.Support;

/// <summary>A program whose output is collected, and which ends with the tests even when those are killed.</summary>
internal sealed class KeptProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Ends the program when the tests have ended, however: standard input is closed by the system.
    private const string Guard = """read -r _; kill -TERM "$1" 2> /dev/null""";

    private readonly Process _program;
    private readonly Process _guard;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Task _reading;
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KeptProgram(Process program)
    {
        _program = program;
        _guard = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Guard, "guard", $"{program.Id}"]) { RedirectStandardInput = true })!;
        _reading = Task.WhenAll(ReadAsync(program.StandardOutput), ReadAsync(program.StandardError));
    }

    public int Pid => _program.Id;

    /// <summary>All that the program wrote so far.</summary>
    public string Output => string.Join('\n', _lines);

    public static KeptProgram Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        return new KeptProgram(Process.Start(start)!);
    }

    public void Signal(string signal) => Signals.Send(signal, Pid);

    /// <summary>Waits until a line holds <paramref name="text"/>.</summary>
    public async Task WaitForLineAsync(string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            // Taken before the look: a line that comes after the look completes it.
            var arrival = Volatile.Read(ref _arrival).Task;
            if (_lines.Any(line => line.Contains(text, StringComparison.Ordinal))) return;
            if (_reading.IsCompleted) throw new InvalidOperationException($"the program ended without '{text}':\n{Output}");
            try
            {
                await Task.WhenAny(arrival, _reading).WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"no line with '{text}' within {Patience}:\n{Output}");
            }
        }
    }

    /// <summary>Waits for the end of the program and returns its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        try
        {
            await _program.WaitForExitAsync().WaitAsync(Patience);
            await _reading.WaitAsync(Patience);
            return _program.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the program did not end within {Patience}:\n{Output}");
        }
    }

    /// <summary>Kills the program if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        _program.Kill();
        await _program.WaitForExitAsync();
        _guard.Kill();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
        _program.Dispose();
    }

    private async Task ReadAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            Interlocked.Exchange(ref _arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
