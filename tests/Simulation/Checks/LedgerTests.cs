using MapReduce.Protocol;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>A checker that finds nothing proves nothing: each rule must fail when it is broken.</summary>
public class LedgerTests
{
    private static readonly TaskId Map = new(0, TaskKind.Map, 0), Reduce = new(0, TaskKind.Reduce, 0);

    private readonly VirtualWorld _world = new(1);
    private readonly Ledger _ledger;

    public LedgerTests() => _ledger = new Ledger(_world, maps: 1, isCalm: true);

    [Fact]
    public void Granted_ReduceBeforeLastMap_Breaks11()
    {
        _ledger.Granted("w", Reduce, "1.r");
        Assert.StartsWith("11:", _world.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Granted_TaskThatIsWon_Breaks6()
    {
        Win(Map, "1.a");
        _ledger.Granted("w", Map, "2.b");
        Assert.StartsWith("6/14:", _world.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Observe_WinnerReplaced_Breaks3()
    {
        Win(Map, "1.a");
        Win(Map, "2.b");
        Assert.StartsWith("3:", _world.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Observe_ReduceLosesItsWinWithFileThere_Breaks6()
    {
        Win(Reduce, "1.r");
        _ledger.Observe(new Dictionary<TaskId, string>(), (_, _) => false);
        Assert.StartsWith("6:", _world.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Completed_LeaseGivenAwayWins_Breaks13()
    {
        _ledger.Renewed(new LeaseRef("j", Map, "1.a"), RenewAnswer.Lost);
        _ledger.Completed(new LeaseRef("j", Map, "1.a"), CompleteAnswer.Ok, hasEnded: false);
        Assert.StartsWith("13:", _world.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Completed_WinnerCalledStale_Breaks3()
    {
        Win(Map, "1.a");
        _ledger.Completed(new LeaseRef("j", Map, "1.a"), CompleteAnswer.Stale, hasEnded: false);
        Assert.StartsWith("3:", _world.Failure, StringComparison.Ordinal);
    }

    private void Win(TaskId task, string token) => _ledger.Observe(new Dictionary<TaskId, string> { [task] = token }, (_, _) => false);
}
