using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Stores.Differential;

/// <summary>A random walk through everything that masters may ask of a store, about a few jobs at once.</summary>
internal sealed partial class StoreWalk
{
    private const int Workers = 4;

    private static readonly StepSize[][] Sizes =
    [
        [new StepSize(false, 5, 3)],
        [new StepSize(false, 2, 6)],
        [new StepSize(true, 3, 2), new StepSize(false, 2, 0), new StepSize(true, 4, 2)],
        [new StepSize(false, 6, 0)],
        [new StepSize(false, 1, 1), new StepSize(false, 1, 1)],
        [new StepSize(false, 70, 2)],
    ];

    private readonly StoreTwins _stores;
    private readonly Random _random;
    private readonly (int Weight, Func<Task> Call)[] _calls;
    private readonly List<string> _jobs = [];

    // Every attempt there ever was: the dead ones are the interesting ones.
    private readonly List<LeaseRef> _attempts = [];
    private readonly WalkCounts _counts;
    private int _submitted;

    public StoreWalk(StoreTwins stores, int seed, WalkCounts counts)
    {
        (_stores, _random, _counts) = (stores, new Random(seed), counts);
        _calls =
        [
            (60, ClaimAsync), (25, RenewAsync), (50, CompleteAsync), (12, FailAsync), (8, FailFetchAsync), (6, ReleaseAsync), (12, AdvanceAsync),
            (6, ReapAsync), (2, SilenceAsync), (8, InvalidateAsync), (2, InvalidateWorkerAsync), (8, SpeculateAsync), (6, AnnounceAsync),
            (1, CancelAsync), (1, FinishAsync), (8, RegisterAsync), (4, ChangeWorkerAsync), (2, ResubmitAsync),
        ];
    }

    public async Task RunAsync(int calls)
    {
        await _stores.BeginAsync();
        await ReapAsync();
        for (var i = 0; i < 6; i++) await TickAsync(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 3; i++) await SubmitAsync(null);
        for (var i = 1; i <= calls; i++)
        {
            await Draw()();
            if (i % 10 == 0) await _stores.CompareAsync(Pick(_jobs));
            if (i % 10 == 5) await _stores.CompareClusterAsync();
        }
        foreach (var job in _jobs) await _stores.CompareAsync(job);
    }

    private Func<Task> Draw()
    {
        var left = _random.Next(_calls.Sum(call => call.Weight));
        foreach (var (weight, call) in _calls)
        {
            left -= weight;
            if (left >= 0) continue;
            _counts.AddCall(call.Method.Name.Replace("Async", "", StringComparison.Ordinal));
            return call;
        }
        throw new InvalidOperationException("The weights do not add up.");
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private string Worker() => $"w{_random.Next(Workers)}";

    // A job that has not ended, most of the time.
    private string Job() => _random.Next(20) == 0 ? Pick(_jobs) : Pick(_jobs.TakeLast(3).ToList());

    // Young attempts most of the time, old ones now and then, and some that never were.
    private LeaseRef Attempt()
    {
        if (_attempts.Count == 0 || _random.Next(30) == 0) return Invented();
        return _random.Next(4) == 0 ? Pick(_attempts) : _attempts[^(1 + _random.Next(Math.Min(8, _attempts.Count)))];
    }

    private LeaseRef Invented() =>
        new(_random.Next(10) == 0 ? "nobody" : Job(), new TaskId(_random.Next(3), (TaskKind)_random.Next(3), _random.Next(8)), $"{_random.Next(3)}.{Pick(["odd token", "0123456789abcdef"])}");

    private CounterSet Counters()
    {
        var counters = new CounterSet();
        for (var i = _random.Next(6); i > 0; i--) counters.Add($"counter {_random.Next(12)}", Amount());
        return counters;
    }

    private long Amount() => _random.Next(40) == 0 ? _random.NextInt64(-1L << 56, 1L << 56) : _random.Next(-100, 100_000);

    // Boundaries are what a sampling task leaves, and no other.
    private AttemptResult Result(LeaseRef lease) => new()
    {
        Bytes = _random.NextInt64(1L << _random.Next(40)),
        SpanId = _random.Next(2) == 0 ? 0 : (ulong)_random.NextInt64(),
        Boundaries = lease.Task.Kind == TaskKind.Sample && _random.Next(3) > 0 ? [1, 2, (byte)_random.Next(256)] : null,
        Files = _random.Next(3) == 0 ? [new OutputFile("part ü", _random.Next(), _random.Next(), (uint)_random.NextInt64(1L << 32))] : [],
        Counters = Counters(),
    };
}
