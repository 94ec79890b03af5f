namespace Simulation.Faults;

public class FaultProfileTests
{
    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>();

    // Were a profile shared, what a seed does would depend on those that ran before it.
    [Fact]
    public void Draw_CalmSeedAfterAnEndedOne_HasLateMessages()
    {
        foreach (var seed in Enumerable.Range(0, 200).Where(seed => FaultProfile.Draw(seed, Nothing).IsCalm))
        {
            var profile = FaultProfile.Draw(seed, Nothing);
            Assert.True(profile.Late > 0);
            profile.End();
        }
    }

    [Fact]
    public void Draw_SmallSeeds_LeaveOutNoKindOfBlow()
    {
        var blows = Enumerable.Range(0, 2000).Select(seed => FaultProfile.Draw(seed, Nothing)).Where(profile => profile.Scope == Scope.Small).SelectMany(profile => profile.Blows).ToList();
        Assert.Equal(Enum.GetValues<BlowKind>(), blows.Select(blow => blow.Kind).Distinct().Order());
        Assert.All(blows, blow => Assert.InRange(blow.At.TotalSeconds, 0, 6));
        Assert.All(blows, blow => Assert.InRange(blow.Lasts.TotalSeconds, 1, 30));
    }
}
