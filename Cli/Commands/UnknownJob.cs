namespace MapReduce.Cli.Commands;

/// <summary>The answer to a job name that is not in the catalog.</summary>
internal static class UnknownJob
{
    /// <summary>Says which jobs there are and which one was probably meant.</summary>
    public static string Message(JobCatalog catalog, string name)
    {
        var meant = catalog.Suggest(name) is { } near ? $" Did you mean '{near}'?" : "";
        return $"there is no job '{name}'.{meant} Jobs: {string.Join(", ", catalog.Jobs.Select(job => job.Name))}.";
    }
}
