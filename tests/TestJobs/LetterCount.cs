namespace MapReduce.TestJobs;

/// <summary>Counts words the plain way: no combiner, a string for each record, so that every record travels.</summary>
public sealed class LetterCount : IMapReduceJob<NoOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(NoOptions options) => Job.ReadLines()
        .Map(line => Letters.Of(line.Text).Select(word => (word, 1L)))
        .Reduce((_, ones) => ones.Sum())
        .WriteText();
}
