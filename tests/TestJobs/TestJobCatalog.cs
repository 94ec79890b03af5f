namespace MapReduce.TestJobs;

/// <summary>The jobs that tests run through clusters: workers list this assembly among those that they trust.</summary>
public static class TestJobCatalog
{
    /// <summary>All of them. Immutable, safe for concurrent use.</summary>
    public static JobCatalog Catalog { get; } = new(
        JobDefinition.Create<LetterCount>("wc", "Counts each run of letters, with a record for each."),
        JobDefinition.Create<CountTwice>("wc-twice", "Counts each run of letters, and adds a hundredfold of it in a second step, which reads the input again."),
        JobDefinition.Create<Indexer>("indexer", "Lists for each run of letters how many files hold it, and their names."),
        JobDefinition.Create<MapTiming>("mtiming", "Tells how many workers map at the same time."),
        JobDefinition.Create<ReduceTiming>("rtiming", "Tells how many workers reduce at the same time."),
        JobDefinition.Create<AttemptCount>("jobcount", "Counts the map attempts that ran."),
        JobDefinition.Create<EarlyExit>("early-exit", "Has reduce tasks that take much longer than the others."),
        JobDefinition.Create<Crash>("crash", "Kills its workers, or keeps them waiting, at random."),
        JobDefinition.Create<Nap>("nap", "Rests for each line, and again for each key."),
        JobDefinition.Create<Script>("script", "Does what the lines say: nap, fail once, hang once."));
}

/// <summary>The job has no options.</summary>
public sealed record NoOptions;
