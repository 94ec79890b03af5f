using MapReduce.MasterService.Redis.Packing;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis.Replies;

/// <summary>What the script "view" returns, in its order.</summary>
internal readonly struct JobReply(RedisResult[] reply)
{
    private readonly RedisResult[] _reply = reply;

    /// <summary>Boundaries that the caller did not know yet; null when there are none.</summary>
    public KnownBoundaries? NewBoundaries =>
        _reply[12].IsNull ? null : new KnownBoundaries((string)_reply[13]!, ResultPack.Boundaries((byte[])_reply[12]!));

    /// <param name="known">The boundaries that are known, of whatever version.</param>
    public JobView ToView(KnownBoundaries? known)
    {
        var shape = ShapePack.Read((byte[])_reply[2]!);
        var state = new PackReader((byte[])_reply[3]!);
        var step = state.Int32();
        var attempts = new AttemptCounts(state.Int32(), state.Int32(), state.Int32(), state.Int32(), state.Int32());
        _ = state.Integer();
        var size = shape.Steps[step];
        var sample = Stage(ref state, size.IsSampled ? 1 : 0, _reply[8]);
        var map = Stage(ref state, size.Maps, _reply[9]);
        var reduce = Stage(ref state, size.Reduces, _reply[10]);
        var end = _reply[4].IsNull ? null : JobEnd.Read((byte[])_reply[4]!);
        var due = (long)_reply[11];
        var now = (long)_reply[0];
        return new JobView
        {
            Shape = shape,
            State = end?.State ?? StateOf(step == shape.Steps.Count - 1, sample, map, reduce),
            Step = step,
            Claimable = end is null ? Claimable(sample, map, reduce) : null,
            Sample = sample,
            Map = map,
            Reduce = reduce,
            Running = (int)_reply[7],
            Attempts = attempts,
            Age = RedisTime.Span(now - (long)_reply[1]),
            NextRetry = due < 0 ? null : RedisTime.Span(Math.Max(0, due - now)),
            Boundaries = end is null && sample.Done > 0 && known?.Version == (string)_reply[13]! ? known!.Boundaries : null,
            Dead = Dead(),
            IsCancelled = !_reply[5].IsNull,
            FailingWorkers = FailingWorkers(now),
            Error = end?.Error,
            EndedAt = end?.At,
        };
    }

    private static StageView Stage(ref PackReader state, int total, RedisResult waiting)
    {
        var (cursor, running, done) = (state.Int32(), state.Int32(), state.Int32());
        _ = state.Integer();
        return new StageView(total, cursor, (int)waiting, running, done);
    }

    private static bool IsDone(StageView stage) => stage.Done == stage.Total;

    private static TaskKind? Claimable(StageView sample, StageView map, StageView reduce) =>
        !IsDone(sample) ? TaskKind.Sample : !IsDone(map) ? TaskKind.Map : !IsDone(reduce) ? TaskKind.Reduce : null;

    // A map that runs again does not take the job back to an earlier state.
    private static JobState StateOf(bool isLastStep, StageView sample, StageView map, StageView reduce) =>
        isLastStep && Claimable(sample, map, reduce) is null ? JobState.Committing
        : !IsDone(sample) ? JobState.Planning
        : !IsDone(map) && reduce.Cursor == 0 ? JobState.Mapping
        : JobState.Reducing;

    private DeadTask? Dead()
    {
        if (_reply[6].IsNull) return null;
        var reader = new PackReader((byte[])_reply[6]!);
        return new DeadTask(TaskNames.Parse(reader.Text()), reader.Text());
    }

    private List<FailingWorker> FailingWorkers(long now)
    {
        var workers = new List<FailingWorker>();
        for (var i = 14; i < _reply.Length; i += 2)
        {
            var row = new PackReader((byte[])_reply[i + 1]!);
            workers.Add(new FailingWorker((string)_reply[i]!, row.Int32(), row.Boolean(), RedisTime.Span(now - row.Integer())));
        }
        return workers;
    }

    private sealed record JobEnd(JobState State, string? Error, DateTimeOffset At)
    {
        public static JobEnd Read(byte[] packed)
        {
            var reader = new PackReader(packed);
            return new JobEnd((JobState)reader.Int32(), reader.TextOrNull(), RedisTime.Date(reader.Integer()));
        }
    }
}
