namespace MapReduce.Jobs;

/// <summary>Keeps each different line once, its bytes as they stand. Lines ascend within a part, not over parts.</summary>
public sealed class Distinct : IMapReduceJob<DistinctOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(DistinctOptions options) => Job.ReadLines()
        .MapBlocks(() => new RawLineMapper())
        .Combine(new First<NoValue>())
        .Reduce((_, values) => values.First())
        .WriteText();
}

/// <summary>The job has no options.</summary>
public sealed record DistinctOptions;
