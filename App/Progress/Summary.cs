using MapReduce.App.Commands;
using MapReduce.App.Formatting;
using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>What a person wants to know at the end of a run: the summary to standard output, errors to standard error.</summary>
internal static class Summary
{
    /// <summary>Where to look while the job runs.</summary>
    public static void WriteSubmitted(JobStatus job, Uri master, TextWriter error)
    {
        error.WriteLine($"job {job.JobId} submitted to {master}");
        if (job.TraceId is { } trace) error.WriteLine($"trace {trace}");
    }

    public static void Write(RunRequest request, RunResult result, TextWriter output, TextWriter error)
    {
        foreach (var reason in result.Errors) error.WriteLine($"error: {reason}");
        if (result.Notes.Count > 0)
        {
            foreach (var note in result.Notes) error.WriteLine(note);
            return;
        }
        if (result.Status is not { } status)
        {
            if (result.Errors.Count == 0) error.WriteLine($"{request.Job}: {result.State}; no output was written.");
            return;
        }
        if (status.State == JobState.Succeeded)
        {
            WriteSuccess(request, result, status, output);
            return;
        }
        error.WriteLine($"{request.Job} {result.State} after {Durations.Format(result.Elapsed)}; no output was written. Attempts: {Attempts(status.Attempts)}.");
    }

    private static void WriteSuccess(RunRequest request, RunResult result, JobStatus status, TextWriter output)
    {
        var counters = status.Counters;
        var parts = result.Parts ?? OutputParts.Names(request.Output);
        var bytesIn = Counter(counters, CounterNames.BytesRead);
        var recordsOut = Counter(counters, parts.Any(OutputParts.IsReduced) ? CounterNames.ReduceOutputRecords : CounterNames.MapOutputRecords);
        output.WriteLine($"{request.Job} succeeded in {Durations.Format(result.Elapsed)}");
        var rows = new List<string[]>
        {
            new[] { "read", $"{ByteSize.Format(bytesIn)}, {PhaseText.Count(Counter(counters, CounterNames.MapInputRecords), "record")}, {ByteSize.Format(bytesIn / Math.Max(result.Elapsed.TotalSeconds, 1e-3))}/s" },
            new[] { "wrote", $"{ByteSize.Format(Counter(counters, CounterNames.BytesWritten))}, {PhaseText.Count(recordsOut, "record")} in {PhaseText.Count(parts.Count, "part")}" },
            new[] { "attempts", Attempts(status.Attempts) },
            new[] { "output", Path.GetFullPath(request.Output) },
        };
        if (Counter(counters, CounterNames.MapSkippedRecords) is > 0 and var skipped)
            rows.Insert(1, ["skipped", $"{PhaseText.Count(skipped, "bad record")}; they are in _bad-records-* beside the parts"]);
        if (status.TraceId is { } trace) rows.Add(["trace", trace]);
        if (parts.Count > 0) rows.Add(["look", Look(Path.Combine(request.Output, parts[0]))]);
        Table.Write(output, rows);
    }

    /// <summary><c>12 (1 failed, 0 lost, 0 killed, 2 backup)</c>.</summary>
    public static string Attempts(AttemptCounts attempts) =>
        $"{attempts.Started:N0} ({attempts.Failed:N0} failed, {attempts.Lost:N0} lost, {attempts.Killed:N0} killed, {attempts.Backup:N0} backup)";

    private static string Look(string part) => OperatingSystem.IsWindows() ? $"Get-Content -TotalCount 10 {ShellWord.Quote(part)}" : $"head {ShellWord.Quote(part)}";

    private static long Counter(IReadOnlyDictionary<string, long> counters, string name) => counters.GetValueOrDefault(name);
}
