using System.Diagnostics;

namespace Bench.Measuring;

/// <summary>Starts programs, measures them, and says what they printed when they fail.</summary>
internal sealed class Runner(Layout layout)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    // sh sends the output to files without a copy through this process, then becomes the program.
    private const string Redirect = """exec "$@" >"$BENCH_OUT" 2>"$BENCH_ERR" </dev/null""";

    private string PrintedPath => Path.Combine(layout.Scratch, "stdout");

    /// <summary>Runs a command under <c>time</c>, which is small: a child starts with the peak memory of the process that forks it.</summary>
    /// <exception cref="BenchException">It did not end within 20 minutes, or ended with another code than 0.</exception>
    public Measurement Measure(Command command)
    {
        string times = Path.Combine(layout.Scratch, "times");
        long start = TimeProvider.System.GetTimestamp();
        Run(command, "/usr/bin/time", "-o", times, "-f", "%U %S %M", "--");
        double wall = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        double[] fields = [.. File.ReadAllText(times).Split(' ').Select(double.Parse)];
        return new Measurement(wall, fields[0] + fields[1], fields[2] / 1024, command.StandardOutput is null ? PrintedRate() : 0);
    }

    // A line "rate 12345" on standard output.
    private double PrintedRate() =>
        File.ReadLines(PrintedPath).Where(line => line.StartsWith("rate ", StringComparison.Ordinal)).Select(line => double.Parse(line[5..])).LastOrDefault();

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="BenchException">As <see cref="Measure"/>.</exception>
    public void Run(Command command, params string[] wrapper)
    {
        string errors = Path.Combine(layout.Scratch, "stderr"), output = command.StandardOutput ?? PrintedPath;
        var start = new ProcessStartInfo { FileName = "/bin/sh", WorkingDirectory = command.Directory ?? "" };
        string[] inner = ["-c", Redirect, "sh", .. wrapper, command.Program, .. command.Arguments];
        foreach (string argument in inner) start.ArgumentList.Add(argument);
        SetEnvironment(start.Environment, output, errors);

        using var process = Process.Start(start)!;
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new BenchException($"{command}: not done after {Limit.TotalMinutes} minutes; stopped\n{Tail(errors)}");
        }

        if (process.ExitCode == 0) return;
        string printed = command.StandardOutput is null ? Tail(output) : "";
        throw new BenchException($"{command}: exit code {process.ExitCode}\n{printed}{Tail(errors)}");
    }

    private void SetEnvironment(IDictionary<string, string?> environment, string output, string errors)
    {
        environment["BENCH_OUT"] = output;
        environment["BENCH_ERR"] = errors;
        environment["TMPDIR"] = layout.Scratch;
        environment["LC_ALL"] = "C";
        environment["DOTNET_ROOT"] = Layout.DotnetRoot;
        environment["DOTNET_PROCESSOR_COUNT"] = "2"; // PLINQ has no other limit that a naive user would set
    }

    private static string Tail(string path) => string.Join('\n', File.ReadLines(path).TakeLast(15)) + "\n";
}
