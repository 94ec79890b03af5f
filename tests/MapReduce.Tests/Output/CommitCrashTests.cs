using MapReduce.Output;

namespace MapReduce.Tests.Output;

public class CommitCrashTests
{
    private const string Committed = "/data/out/_SUCCESS\n/data/out/part-r-00000=winner 0\n/data/out/part-r-00001=winner 1";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CarryOut_CrashAtEveryOperation_IsCarriedOnToTheSameOutput(bool after) =>
        AtEveryOperation(after, overwrite: false, outcome => outcome, Committed);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CarryOut_OverwriteCrashAtEveryOperation_IsCarriedOnToTheSameOutput(bool after) =>
        AtEveryOperation(after, overwrite: true, outcome => outcome, Committed);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CarryOut_FailedCrashAtEveryOperation_IsCarriedOnToNothing(bool after) =>
        AtEveryOperation(after, overwrite: false, outcome => outcome with { Kind = OutcomeKind.Failed, Winners = [] }, "");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Claim_CrashAtEveryOperation_IsTakenByTheSameJobAgain(bool after)
    {
        for (var crashAt = 1; ; crashAt++)
        {
            var fixture = new CommitFixture();
            var crashed = Crashes(fixture, crashAt, after, store => store.Claim(CommitFixture.Job, fixture.Spec));
            fixture.Store.Claim(CommitFixture.Job, fixture.Spec);
            Assert.Equal(CommitFixture.Job, fixture.Read("/data/out/_temporary/owner"));
            if (!crashed) return;
        }
    }

    // SEMANTICS 5: whoever sees _SUCCESS sees every part, at whatever instruction the commit stopped.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CarryOut_CrashAtEveryOperation_NeverShowsSuccessWithoutAllParts(bool overwrite)
    {
        for (var crashAt = 1; ; crashAt++)
        {
            var (fixture, prepared) = Prepare(overwrite);
            var outcome = fixture.Store.Publish(CommitFixture.Job, prepared);
            var crashed = Crashes(fixture, crashAt, after: true, store => store.CarryOut(CommitFixture.Job, outcome));
            var isNewSuccess = fixture.Read("/data/out/_SUCCESS") is { } success && success != "old";
            Assert.True(!isNewSuccess || fixture.ShowVisible() == Committed, $"crash at operation {crashAt}: {fixture.Show()}");
            if (!crashed) return;
        }
    }

    private static void AtEveryOperation(bool after, bool overwrite, Func<JobOutcome, JobOutcome> kind, string expected)
    {
        for (var crashAt = 1; ; crashAt++)
        {
            var (fixture, prepared) = Prepare(overwrite);
            var outcome = kind(prepared);
            var crashed = Crashes(fixture, crashAt, after, store => store.CarryOut(CommitFixture.Job, store.Publish(CommitFixture.Job, outcome)));
            var second = CommitFixture.Open(fixture.Files);
            second.CarryOut(CommitFixture.Job, second.Publish(CommitFixture.Job, outcome));
            Assert.True(expected == fixture.Show(), $"crash at operation {crashAt}: {fixture.Show()}");
            if (!crashed) return;
        }
    }

    private static (CommitFixture Fixture, JobOutcome Outcome) Prepare(bool overwrite)
    {
        var fixture = new CommitFixture(overwrite);
        if (overwrite)
        {
            foreach (var name in new[] { "_SUCCESS", "part-r-00000", "part-r-00005" }) fixture.WriteOld(name);
        }

        return (fixture, fixture.Run());
    }

    private static bool Crashes(CommitFixture fixture, int crashAt, bool after, Action<FileOutputStore> act)
    {
        try
        {
            act(CommitFixture.Open(new CrashingFileSystem(fixture.Files, crashAt, after)));
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
    }
}
