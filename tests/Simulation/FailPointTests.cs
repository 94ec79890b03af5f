using Simulation.World;

namespace Simulation;

/// <summary>At each fail-point in turn a process is killed, before and after it.</summary>
[Collection(nameof(AllProcessors))]
public class FailPointTests
{
    private const int Kills = 3, Seeds = 3000;

    private static readonly Lazy<List<int>[]> SeedsOf = new(Look);

    // What only the removal of old jobs does, a commit that finds somebody else's _SUCCESS in its way, and looks at what is there.
    private static readonly FailPoint[] Unreached =
    [
        FailPoint.PlanDelete, FailPoint.ReplacedDelete, FailPoint.JobDelete, FailPoint.OutcomeDelete, FailPoint.CommittedDelete, FailPoint.EventsDelete,
        FailPoint.EndedDelete, FailPoint.JobFolderDelete, FailPoint.SuccessDraftRename, FailPoint.DataFolderCreate, FailPoint.ScratchFolderRead, FailPoint.SpaceProbeRead,
    ];

    public static TheoryData<string> Points => new(Enum.GetNames<FailPoint>());

    [Theory]
    [MemberData(nameof(Points))]
    public void Run_KilledThere_KeepsEveryGuarantee(string name)
    {
        var point = Enum.Parse<FailPoint>(name);
        foreach (var moment in Enum.GetValues<Moment>())
        {
            var kills = 0;
            foreach (var seed in SeedsOf.Value[(2 * (int)point) + (int)moment])
            {
                var result = Scenario.Run(seed, failPoint: (point, moment));
                Assert.True(result.Failure is null, $"killed {moment} {point}, seed {seed}: {result.Failure}");
                if (result.HasKilled) kills++;
            }

            Assert.Equal(Unreached.Contains(point), kills == 0);
        }
    }

    // The first seeds that come to each fail-point, before and after.
    private static List<int>[] Look()
    {
        var seeds = Enumerable.Range(0, 2 * Enum.GetValues<FailPoint>().Length).Select(_ => new List<int>()).ToArray();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var reached = Scenario.Run(seed).Reached;
            for (var i = 0; i < seeds.Length; i++)
                if (reached[i] && seeds[i].Count < Kills) seeds[i].Add(seed);
        }

        return seeds;
    }
}
