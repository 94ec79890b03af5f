using System.Diagnostics;
using System.Globalization;
using MapReduce.AppHost.Portable.Terminal;

namespace MapReduce.AppHost.Portable.Processes;

/// <summary>A process that cannot outlive this one: it runs under <c>keeper.sh</c>, which says how.</summary>
internal sealed class KeptProcess : IDisposable
{
    private readonly Process _keeper;
    private readonly TaskCompletionSource<int> _pid = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _birth;

    private KeptProcess(Process keeper, string name, LogWriter log)
    {
        _keeper = keeper;
        Exited = ExitAsync(ReadOutputAsync(name, log), ReadAsync(keeper.StandardError, name, log));
    }

    /// <summary>Completes with the exit code when the process has ended and all that it wrote has been logged.</summary>
    public Task<int> Exited { get; }

    public static KeptProcess Start(ProcessCommand command, string name, LogWriter log)
    {
        var start = new ProcessStartInfo(command.Launch[0])
        {
            WorkingDirectory = command.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Launch.Skip(1)) start.ArgumentList.Add(argument);
        foreach (var (key, value) in command.Environment) start.Environment[key] = value;
        return new KeptProcess(Process.Start(start)!, name, log);
    }

    /// <summary>The process's own id, not the keeper's; null when it ended before it began.</summary>
    public async Task<int?> PidAsync() => await Task.WhenAny(_pid.Task, Exited) == _pid.Task ? await _pid.Task : null;

    /// <summary>Asks the process to end, and lets it take its time.</summary>
    public void RequestStop() => Tell(input => input.WriteLine("stop"));

    /// <summary>Kills the process if it was asked to end before; otherwise ends it within five seconds.</summary>
    public void Abandon() => Tell(input => input.Close());

    /// <summary>Kills the process itself, for when its keeper cannot.</summary>
    public void Kill()
    {
        if (_birth is null || !_pid.Task.IsCompletedSuccessfully || ProcessBirth.Of(_pid.Task.Result) != _birth) return;
        try
        {
            using var process = Process.GetProcessById(_pid.Task.Result);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has just ended.
        }
    }

    public void Dispose()
    {
        Abandon();
        _keeper.Dispose();
    }

    private void Tell(Action<StreamWriter> tell)
    {
        try
        {
            tell(_keeper.StandardInput);
            if (_keeper.StandardInput.BaseStream.CanWrite) _keeper.StandardInput.Flush();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The keeper has ended, and so has the process: there is nobody left to tell.
        }
    }

    private async Task<int> ExitAsync(Task output, Task error)
    {
        await _keeper.WaitForExitAsync();
        await Task.WhenAll(output, error);
        return _keeper.ExitCode;
    }

    private async Task ReadOutputAsync(string name, LogWriter log)
    {
        if (await _keeper.StandardOutput.ReadLineAsync() is { } first)
        {
            var pid = int.Parse(first, CultureInfo.InvariantCulture);
            _birth = ProcessBirth.Of(pid);
            _pid.TrySetResult(pid);
        }
        await ReadAsync(_keeper.StandardOutput, name, log);
    }

    private static async Task ReadAsync(StreamReader lines, string name, LogWriter log)
    {
        while (await lines.ReadLineAsync() is { } line) log.Line(name, line);
    }
}
