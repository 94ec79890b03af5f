using System.Collections.Immutable;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

internal enum ModelState { Running, Won, TakenBack, Failed, Killed, Released, Lost }

internal sealed record ModelAttempt(
    LeaseRef Ref, string Worker, ModelState State, bool IsBackup, bool IsAcknowledged, TimeSpan Expires, FailureKind? Failure = null);

/// <summary>
/// The rules of the lease store, written down a second time and in another way: a log of attempts, from which every answer
/// is found by looking through it. Immutable, so that a snapshot is the model itself.
/// </summary>
internal sealed partial record StoreModel(JobShape Shape)
{
    private static readonly TimeSpan GuardPause = TimeSpan.FromSeconds(5) / 3;

    public TimeSpan Now { get; init; }
    public ImmutableList<ModelAttempt> Log { get; init; } = [];
    public ImmutableDictionary<TaskId, TimeSpan> Queue { get; init; } = ImmutableDictionary<TaskId, TimeSpan>.Empty;
    public ImmutableHashSet<LeaseRef> Rejected { get; init; } = [];
    public ImmutableDictionary<LeaseRef, int> Reports { get; init; } = ImmutableDictionary<LeaseRef, int>.Empty;
    public ImmutableHashSet<TaskId> Begun { get; init; } = [];
    public bool IsDead { get; init; }
    public bool IsCancelled { get; init; }
    public TimeSpan? LastTick { get; init; }
    public TimeSpan GraceUntil { get; init; }

    public int Step => Math.Min(Shape.Steps.Count - 1, Enumerable.Range(0, Shape.Steps.Count).TakeWhile(step => Tasks(step).All(IsWon)).Count());

    public int Count(ModelState state) => Log.Count(attempt => attempt.State == state);

    public int Won(int step, TaskKind kind) => Stage(step, kind).Count(IsWon);

    public int Waiting(int step, TaskKind kind) => Stage(step, kind).Count(Queue.ContainsKey);

    public int Total(int step, TaskKind kind) => Stage(step, kind).Count();

    /// <summary>Every winner counts its own number, so that the total tells who won.</summary>
    public long Counted => Log.Where(attempt => attempt.State == ModelState.Won).Sum(attempt => Worth(attempt.Ref));

    public static long Worth(LeaseRef lease) => 1 + lease.Task.Index + 10 * (int)lease.Task.Kind + 100 * int.Parse(lease.Token.Split('.')[0]);

    public IEnumerable<ModelAttempt> RunsOf(TaskId task) => Log.Where(attempt => attempt.Ref.Task == task && attempt.State == ModelState.Running);

    private ModelAttempt? Find(LeaseRef lease) => Log.Find(attempt => attempt.Ref == lease);

    private ModelAttempt? FindRunning(LeaseRef lease) => Find(lease) is { State: ModelState.Running } run ? run : null;

    private bool IsWon(TaskId task) => Log.Exists(attempt => attempt.Ref.Task == task && attempt.State == ModelState.Won);

    private IEnumerable<TaskId> Tasks(int step) => Enum.GetValues<TaskKind>().SelectMany(kind => Stage(step, kind));

    private IEnumerable<TaskId> Stage(int step, TaskKind kind)
    {
        var size = Shape.Steps[step];
        var count = kind switch { TaskKind.Sample => size.IsSampled ? 1 : 0, TaskKind.Map => size.Maps, _ => size.Reduces };
        return Enumerable.Range(0, count).Select(index => new TaskId(step, kind, index));
    }

    private StoreModel Set(ModelAttempt attempt, ModelState state) => this with { Log = Log.Replace(attempt, attempt with { State = state }) };
}
