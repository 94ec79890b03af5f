namespace MapReduce.TestJobs;

/// <summary>Counts words in one step; the next one reads what that gave, a hundredfold, and the input once more.</summary>
public sealed class CountTwice : IMapReduceJob<NoOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(NoOptions options)
    {
        var words = Job.ReadLines().Map(line => Letters.Of(line.Text).Select(word => (word, 1L)));
        return words.Reduce((_, ones) => ones.Sum())
            .Map((word, count) => new[] { (word, 100 * count) })
            .Concat(words)
            .TotalOrder()
            .Reduce((_, counts) => counts.Sum())
            .WriteText();
    }
}
