using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Bench.Preparing;

/// <summary>A cluster on this machine that stands ready while its jobs are measured: Redis, a master and two workers of one slot.</summary>
/// <param name="layout">Where its program and its data lie.</param>
/// <param name="overHttp">True when map outputs are fetched over HTTP, as between machines; false when they are read where they lie.</param>
internal sealed partial class ClusterScene(Layout layout, bool overHttp) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Process? _launcher;

    /// <summary>The master's address; known while it stands.</summary>
    public string Master { get; private set; } = "";

    public string TokenFile => Path.Combine(Data, "token");

    private string Data => Path.Combine(layout.Data, "cluster");

    /// <summary>Starts it, anew.</summary>
    /// <exception cref="BenchException">It was not ready in time.</exception>
    public void Start()
    {
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
        var program = Path.Combine(layout.Repository, "AppHost/bin/Release/net10.0/MapReduce.AppHost.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--workers", $"{Programs.Slots}", "--slots", "1", "--port", "0", "--data", Data]) { RedirectStandardOutput = true };
        start.Environment["MapReduce__Worker__AlwaysFetchOverHttp"] = overHttp ? "true" : "false";
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _launcher = new Process { StartInfo = start, EnableRaisingEvents = true };
        _launcher.OutputDataReceived += (_, line) =>
        {
            if (SubmitLine().Match(line.Data ?? "") is { Success: true } match) ready.TrySetResult(match.Groups[1].Value);
        };
        _launcher.Start();
        _launcher.BeginOutputReadLine();
        if (!ready.Task.Wait(Patience)) throw new BenchException($"the cluster was not ready after {Patience.TotalMinutes} minutes: start AppHost by hand to see why");
        Master = ready.Task.Result;
    }

    /// <summary>Kills the launcher: its services end with it.</summary>
    public void Dispose()
    {
        if (_launcher is null) return;
        _launcher.Kill();
        _launcher.WaitForExit();
        _launcher.Dispose();
        _launcher = null;
    }

    [GeneratedRegex(@"submit .* --master (\S+)")]
    private static partial Regex SubmitLine();
}
