using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>How long a worker's last attempts of each stage took. Safe for concurrent use.</summary>
internal sealed class AttemptPace
{
    private const int Enough = 4, MostStages = 64;
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Dictionary<Stage, Window> _stages = [];
    private Stage _last;

    /// <summary>True when the median of the last attempts of the stage that was begun last is under 100 ms.</summary>
    public bool IsFast
    {
        get
        {
            lock (_lock) return _stages.TryGetValue(_last, out var window) && window.Known >= Enough && window.Fast * 2 > window.Known;
        }
    }

    /// <summary>Notes a new lease: what other jobs, and other stages of its job, were like says nothing of it.</summary>
    public void Begin(TaskLease lease)
    {
        lock (_lock) _last = Stage.Of(lease);
    }

    /// <summary>Notes how long an attempt took.</summary>
    public void Add(TaskLease lease, TimeSpan duration)
    {
        lock (_lock)
        {
            if (!_stages.TryGetValue(Stage.Of(lease), out var window))
            {
                // Old jobs: those that still run are known again after a few attempts.
                if (_stages.Count == MostStages) _stages.Clear();
                _stages.Add(Stage.Of(lease), window = new Window());
            }
            window.Add(duration < Fast);
        }
    }

    private readonly record struct Stage(string JobId, int Step, TaskKind Kind)
    {
        public static Stage Of(TaskLease lease) => new(lease.JobId, lease.Task.Step, lease.Task.Kind);
    }

    private sealed class Window
    {
        private const int Size = 16;

        private readonly bool[] _wasFast = new bool[Size];
        private int _count;

        public int Known => Math.Min(_count, Size);

        public int Fast => _wasFast.AsSpan(0, Known).Count(true);

        public void Add(bool wasFast) => _wasFast[_count++ % Size] = wasFast;
    }
}
