namespace MapReduce.Jobs;

/// <summary>The jobs that come with MapReduce. They use its public API alone: read them as examples.</summary>
public static class BuiltInJobs
{
    /// <summary>All of them, by name. Immutable, safe for concurrent use.</summary>
    public static JobCatalog Catalog { get; } = new(
        JobDefinition.Create<WordCount>("wordcount", "Counts each word."),
        JobDefinition.Create<Grep>("grep", "Keeps the lines that match a pattern, in the order of the input."),
        JobDefinition.Create<InvertedIndex>("inverted-index", "Lists for each word the files that contain it."),
        JobDefinition.Create<Sort>("sort", "Sorts lines over all parts, as LC_ALL=C sort does."),
        JobDefinition.Create<Distinct>("distinct", "Keeps each different line once."),
        JobDefinition.Create<Histogram>("histogram", "Counts the numbers of a field by buckets of equal width."),
        JobDefinition.Create<Sessions>("sessions", "Puts the events of each user into sessions, divided by gaps in time."),
        JobDefinition.Create<Join>("join", "Joins two inputs, left=PATH and right=PATH, by a field of each."),
        JobDefinition.Create<Top>("top", "Finds the most frequent values of a field, or the lines with the largest numbers."),
        JobDefinition.Create<PageRank>("pagerank", "Ranks the pages of a graph of links."));
}
