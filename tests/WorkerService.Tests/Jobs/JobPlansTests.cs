using MapReduce.Jobs;
using MapReduce.Protocol;
using MapReduce.Streaming;
using MapReduce.Worker;
using MapReduce.WorkerService.Jobs;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Jobs;

public sealed class JobPlansTests
{
    private readonly JobPlans _plans = new(BuiltInJobs.Catalog, streaming: null);

    [Fact]
    public void Of_SameJobTwice_PlansOnce() => Assert.Same(_plans.Of(Lease("wordcount")), _plans.Of(Lease("wordcount")));

    [Fact]
    public void Of_UnknownJob_IsTheWorkersFault() => Assert.Equal(FailureKind.Worker, Fail(Lease("nothing")).Kind);

    [Fact]
    public void Of_OtherSteps_IsTheWorkersFault()
    {
        var lease = Lease("wordcount");
        Assert.Equal(FailureKind.Worker, Fail(lease with { Spec = lease.Spec with { Steps = [] } }).Kind);
    }

    [Fact]
    public void Of_OtherInputs_IsTheWorkersFault()
    {
        // As from a client that knows nothing of the names: all files would be those of one side.
        var failure = Fail(Lease("join"));
        Assert.Equal((FailureKind.Worker, true), (failure.Kind, failure.Message.Contains("other inputs", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_OptionsThatTheJobRefuses_IsFinal()
    {
        var lease = Lease("wordcount");
        Assert.True(Fail(lease with { Spec = lease.Spec with { Options = "[]" } }).IsFinal);
    }

    [Fact]
    public void Of_StreamingJob_IsRefused()
    {
        var failure = Fail(Stream());
        Assert.Equal((FailureKind.Worker, true), (failure.Kind, failure.Message.Contains("AllowUserCode", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_StreamingJobWhereAllowed_IsPlanned() => Assert.Single(new JobPlans(BuiltInJobs.Catalog, StreamJob.Definition).Of(Stream()).Shapes);

    private AttemptFailure Fail(TaskLease lease) => Assert.Throws<AttemptFailedException>(() => _plans.Of(lease)).Failure;

    private static TaskLease Stream()
    {
        const string Options = """{"mapper":"cat","reducer":"cat"}""";
        var lease = ShuffleFixture.Lease(0, []);
        return lease with { Spec = lease.Spec with { Job = "stream", Options = Options, Steps = StreamJob.Definition.Plan(Options).Shapes } };
    }

    private static TaskLease Lease(string job)
    {
        var lease = ShuffleFixture.Lease(0, []);
        var steps = BuiltInJobs.Catalog.TryFind(job, out var definition) ? definition.Plan("{}").Shapes : [];
        return lease with { Spec = lease.Spec with { Job = job, Steps = steps } };
    }
}
