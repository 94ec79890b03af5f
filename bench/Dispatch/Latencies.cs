namespace Dispatch;

/// <summary>How long exchanges took, by how many tasks the job had finished: in decades from 1,000.</summary>
internal sealed class Latencies(int tasks)
{
    private readonly List<(int Done, TimeSpan Took)> _all = new(tasks / 8);
    private readonly Lock _lock = new();

    public void Add(int done, TimeSpan took)
    {
        lock (_lock) _all.Add((done, took));
    }

    public void Print()
    {
        for (var (from, to) = (0, 1_000); from < tasks; (from, to) = (to, to * 10))
        {
            TimeSpan[] window = [.. _all.Where(each => each.Done >= from && each.Done < to).Select(each => each.Took).Order()];
            if (window.Length == 0) continue;
            Console.WriteLine($"exchanges from task {from} to {Math.Min(to, tasks)}: p50 {At(window, 0.5):F2} ms, p99 {At(window, 0.99):F2} ms ({window.Length})");
        }
    }

    private static double At(TimeSpan[] ascending, double part) => ascending[(int)(part * (ascending.Length - 1))].TotalMilliseconds;
}
