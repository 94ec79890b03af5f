namespace Simulation;

/// <summary>Many seeds, side by side on threads: each world keeps to one of them.</summary>
/// <param name="from">The first seed.</param>
/// <param name="count">How many at most.</param>
/// <param name="limit">How long at most; a seed that was begun is ended.</param>
/// <param name="threads">How many run at once.</param>
internal sealed class Runs(int from, long count, TimeSpan limit, int threads)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _ends = new(StringComparer.Ordinal);
    private long _next, _done, _steps;

    /// <summary>The failure with the lowest seed of those found before all threads stopped; null when every seed was clean.</summary>
    public ScenarioResult? Failure { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    public long Done => _done;

    /// <summary>Runs seeds until one fails, all are done or time is up.</summary>
    /// <param name="progress">Told every ten seconds how many are done.</param>
    public void Run(Action<long>? progress = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        var runners = Enumerable.Range(0, threads).Select(_ => new Thread(() => RunSome(began)) { IsBackground = true }).ToList();
        foreach (var runner in runners) runner.Start();
        foreach (var runner in runners)
        {
            while (!runner.Join(TimeSpan.FromSeconds(10))) progress?.Invoke(Interlocked.Read(ref _done));
        }

        Elapsed = TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>One line: how many, how fast, how long, how they ended.</summary>
    public string Summary() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{_done:N0} schedules in {Elapsed.TotalSeconds:F0} s on {threads} threads, {_done / Elapsed.TotalSeconds:F0} a second, {_steps / (double)_done:F0} steps each: {string.Join(", ", _ends.OrderByDescending(end => end.Value).Take(8).Select(end => $"{end.Value:N0} {end.Key}"))}");

    private void RunSome(long began)
    {
        while (TimeProvider.System.GetElapsedTime(began) < limit && Failure is null && Interlocked.Increment(ref _next) - 1 is var next && next < count)
        {
            var seed = (int)(from + next);
            var result = Scenario.Run(seed);
            Interlocked.Increment(ref _done);
            Interlocked.Add(ref _steps, result.Steps);
            lock (_lock)
            {
                _ends[result.State] = _ends.GetValueOrDefault(result.State) + 1;
                if (result.Failure is not null && (Failure is null || seed < Failure.Seed)) Failure = result;
            }
        }
    }
}
