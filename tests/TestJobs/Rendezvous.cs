namespace MapReduce.TestJobs;

/// <summary>Options of the jobs that see whether workers work at the same time.</summary>
/// <param name="Marks">A folder that all workers share.</param>
/// <param name="LimitSeconds">How long an attempt waits for one of another worker.</param>
public sealed record TimingOptions(
    [Option("A folder that all workers share, for this job alone")] string Marks,
    [Option("How long an attempt waits for one of another worker", Min = 1)] int LimitSeconds = 20);

/// <summary>
/// Attempts that wait for each other: the first stays until one of another process is there, or its time is over. Once two have
/// met, none waits any more.
/// </summary>
internal sealed class Rendezvous(TimingOptions options)
{
    private const string Here = "here-", Met = "met";

    /// <summary>Waits for an attempt of another process.</summary>
    /// <returns>How many processes were there at once.</returns>
    public int Meet(CancellationToken cancelled)
    {
        var marks = new Marks(options.Marks);
        using var stay = marks.Stay($"{Here}{Environment.ProcessId}");
        var most = 0;
        Marks.WaitUntil(() => (most = Math.Max(most, Processes())) > 1 || marks.Count(Met) > 0, TimeSpan.FromSeconds(options.LimitSeconds), cancelled);
        if (most > 1) marks.Leave(Met);
        return most;
    }

    private int Processes() => Directory.GetFiles(options.Marks, Here + "*").Select(Path.GetFileNameWithoutExtension).Distinct().Count();
}
