namespace MapReduce.TestJobs;

/// <summary>The jobs that tests run through clusters: workers list this assembly among those that they trust.</summary>
public static class TestJobCatalog
{
    /// <summary>All of them. Immutable, safe for concurrent use.</summary>
    public static JobCatalog Catalog { get; } = new(
        JobDefinition.Create<LetterCount, NoOptions>("wc", "Counts each run of letters, with a record for each."),
        JobDefinition.Create<Indexer, NoOptions>("indexer", "Lists for each run of letters how many files hold it, and their names."),
        JobDefinition.Create<MapTiming, TimingOptions>("mtiming", "Tells how many workers map at the same time."),
        JobDefinition.Create<ReduceTiming, TimingOptions>("rtiming", "Tells how many workers reduce at the same time."),
        JobDefinition.Create<AttemptCount, AttemptCountOptions>("jobcount", "Counts the map attempts that ran."),
        JobDefinition.Create<EarlyExit, EarlyExitOptions>("early-exit", "Has reduce tasks that take much longer than the others."),
        JobDefinition.Create<Crash, CrashOptions>("crash", "Kills its workers, or keeps them waiting, at random."),
        JobDefinition.Create<Nap, NapOptions>("nap", "Rests for each line, and again for each key."),
        JobDefinition.Create<Script, ScriptOptions>("script", "Does what the lines say: nap, fail once, hang once."));
}

/// <summary>The job has no options.</summary>
public sealed record NoOptions;
