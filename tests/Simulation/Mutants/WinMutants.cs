namespace Simulation.Mutants;

/// <summary>Wins: which completion counts, what it adds, and what takes it back.</summary>
internal static class WinMutants
{
    private const string Complete = "MapReduce/Scheduling/Memory/JobRecord.Complete.cs";
    private const string Invalidate = "MapReduce/Scheduling/Memory/JobRecord.Invalidate.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("fence removed", "an attempt that was given up takes the win, although its task was given to another", 1000,
            new Change(Complete,
                """
                            if (!HasEnded) _rejected.Add(key);
                            return new(CompleteAnswer.Stale, false);
                        }
                """,
                """
                            if (HasEnded || task?.Win is not null) return new(CompleteAnswer.Stale, false);
                            run = task?.Runs.FirstOrDefault() ?? new RunRecord(key, "", 0, false, 0, now, now);
                        }
                """)),
        new("fence by task", "an attempt that was given up completes in the name of its successor", 1000,
            new Change(Complete,
                "if (IsCancelled || !_runs.TryGetValue(key, out var run))",
                "if (IsCancelled || _runs.Values.FirstOrDefault(other => other.Key.Task == key.Task) is not { } run)")),
        new("win counted twice", "a completion that is sent again, because its answer was lost, adds its counters again", 1000,
            new Change(Complete,
                "if (task?.Win?.Token == key.Token) return new(CompleteAnswer.Ok, false);",
                "if (task?.Win?.Token == key.Token) { _counters.Add(result.Counters); return new(CompleteAnswer.Ok, false); }")),
        new("won task stays queued", "a task that is won by an announced output runs again", 1000,
            new Change(Complete, "stage.Dequeue(key.Task.Index, task);", "")),
        new("announced without a look at the rejected", "an output that was called lost, or proven wrong, comes back", 1000,
            new Change(Complete, "if (_rejected.Contains(key)) return false;", "")),
        new("counters not subtracted", "a map that is invalidated and runs again is counted twice", 1000,
            new Change(Invalidate, "_counterTable.Subtract(_counters, task.Counters);", "")),
        // Two layers: fetch reports compare the token before they count, so that Invalidate would see a wrong one only from a
        // master that slept between a look at the winners and its call.
        new("invalidate without token", "a late report on an output that was replaced takes the new one away", 1000,
            new Change(Invalidate, " || win.Token != winner.Token) return false;", ") return false;"),
            new Change(Invalidate, "if (StageOf(key.Task)!.Find(failure.Map)?.Win?.Token != failure.Token) continue;", "")),
        new("corruption not believed", "a map output that a checksum proved wrong is offered to reduces for ever", 1000,
            new Change("MapReduce/Scheduling/Policy/FetchPolicy.cs", "isCorrupt || reports >= EnoughReports || reports * 2 >= runningReduces", "!isCorrupt && (reports >= EnoughReports || reports * 2 >= runningReduces)")),
    ];
}
