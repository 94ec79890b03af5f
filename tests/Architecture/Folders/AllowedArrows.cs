namespace Architecture.Folders;

/// <summary>
/// Which folder of the library may use which. Data flows Input, Map, Spill, Shuffle, Merge, Reduce, Output; a folder may
/// use what made the data it reads, never what will read the data it makes.
/// </summary>
internal static class AllowedArrows
{
    // What every folder may use: the machine below, the words of messages, and the user's own vocabulary.
    private static readonly string[] Common = ["Counters", "Diagnostics", "Memory", "Programming", "Protocol", "Serialization", "Storage"];

    private static readonly Dictionary<string, string[]> Table = new()
    {
        // The machine: knows nothing of MapReduce.
        ["Counters"] = [],
        ["Diagnostics"] = [],
        ["Memory"] = [],
        ["Storage"] = [],
        ["Serialization"] = ["Programming"],

        // Messages: data only. A lease carries the split that is to be read.
        ["Protocol"] = ["Counters", "Input"],

        // The flow.
        ["Input"] = [.. Common.Except(["Protocol"])],
        ["Map"] = [.. Common, "Input", "Merge", "Spill"],
        ["Spill"] = Common,
        ["Shuffle"] = [.. Common, "Spill"],
        ["Merge"] = [.. Common, "Spill", "Shuffle"],
        ["Output"] = [.. Common, "Spill"],
        // From one step into the next.
        ["Chain"] = [.. Common, "Input", "Map", "Output", "Spill"],
        ["Reduce"] = [.. Common, "Map", "Merge", "Output", "Shuffle", "Spill"],

        // Programs in place of the user's code: mappers and reducers like others, and a combiner of whole runs.
        ["Streaming"] = [.. Common, "Input", "Map", "Merge", "Output", "Reduce", "Shuffle", "Spill"],

        // The brain: no disk format, no transport, no user code.
        ["Scheduling"] = ["Counters", "Diagnostics", "Input", "Output", "Protocol", "Storage"],

        // The body: runs attempts, so it knows the whole flow, but not who schedules.
        ["Worker"] = [.. Common, "Input", "Map", "Merge", "Output", "Reduce", "Shuffle", "Spill"],

        // The user's vocabulary, and the plans that bind the user's types to the flow.
        ["Programming"] = ["Chain", "Counters", "Diagnostics", "Input", "Map", "Memory", "Merge", "Output", "Protocol", "Reduce", "Serialization", "Shuffle", "Spill", "Storage"],

        // The way between processes: messages and what they carry, no engine.
        ["Remote"] = ["Counters", "Input", "Output", "Programming", "Protocol", "Scheduling", "Shuffle", "Storage"],

        // A test of a job: the whole cluster on one thread.
        ["Testing"] = [.. Common, "Input", "Output", "Scheduling", "Shuffle", "Spill", "Worker"],

        // The whole cluster in one process.
        ["Local"] = [.. Common, "Input", "Map", "Merge", "Output", "Reduce", "Scheduling", "Shuffle", "Spill", "Worker"],
    };

    // Arrows against the order, each for these types only and a reason.
    private static readonly Dictionary<(string From, string To), string[]> Back = new()
    {
        // The planner reads the description of the job whose lease will carry its splits.
        [("Input", "Protocol")] = ["JobSpec", "InputShape", "StepShape", "JobRejectedException"],
        // The records that a map task leaves out are saved beside the output.
        [("Map", "Output")] = ["AttemptFiles", "BadRecordFile"],
        // Runs are merged by the same key prefix by which they were sorted.
        [("Merge", "Map")] = ["PrefixSort"],
        // A map-only task writes what it emits as a reduce task does.
        [("Output", "Map")] = ["DirectEmitter`2"],
        // A fetch that fails is the failure of its attempt.
        [("Shuffle", "Worker")] = ["AttemptFailedException"],
    };

    /// <summary>The folders that the table knows.</summary>
    public static IReadOnlyCollection<string> Folders => Table.Keys;

    /// <summary>True when the table has the arrow, or the arrow goes back to a type that it may use.</summary>
    public static bool Contains(FolderArrow arrow) =>
        (Table.TryGetValue(arrow.From, out var allowed) && allowed.Contains(arrow.To))
        || (Back.TryGetValue((arrow.From, arrow.To), out var types) && (arrow.Used is null || types.Contains(arrow.Used)));

    /// <summary>Folders that lead back to themselves through the table, the user's vocabulary left out; none is as it should be.</summary>
    public static IReadOnlyList<string> Circles() => [.. Folders.Where(folder => Reach(folder).Contains(folder))];

    private static HashSet<string> Reach(string start)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out var folder))
            foreach (var next in Table[folder].Where(next => next != "Programming"))
                if (reached.Add(next)) open.Push(next);
        return reached;
    }
}
