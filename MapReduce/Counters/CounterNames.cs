namespace MapReduce.Counters;

/// <summary>The counters that the engine keeps, under the names that Hadoop gives them.</summary>
public static class CounterNames
{
    /// <summary>Bytes of input read, as they lie on disk.</summary>
    public const string BytesRead = "BYTES_READ";

    /// <summary>Bytes of output written, as they lie on disk.</summary>
    public const string BytesWritten = "BYTES_WRITTEN";

    /// <summary>Records that map tasks read.</summary>
    public const string MapInputRecords = "MAP_INPUT_RECORDS";

    /// <summary>Bad records among them, which were left out.</summary>
    public const string MapSkippedRecords = "MAP_SKIPPED_RECORDS";

    /// <summary>Records that mappers emitted, before any combiner.</summary>
    public const string MapOutputRecords = "MAP_OUTPUT_RECORDS";

    /// <summary>Bytes of the map-output files, their block headers and indexes included.</summary>
    public const string MapOutputMaterializedBytes = "MAP_OUTPUT_MATERIALIZED_BYTES";

    /// <summary>Records that went into combiners.</summary>
    public const string CombineInputRecords = "COMBINE_INPUT_RECORDS";

    /// <summary>Records that came out of combiners.</summary>
    public const string CombineOutputRecords = "COMBINE_OUTPUT_RECORDS";

    /// <summary>Records written to run files, each time that they were written.</summary>
    public const string SpilledRecords = "SPILLED_RECORDS";

    /// <summary>Bytes of map output that reduce tasks fetched.</summary>
    public const string ReduceShuffleBytes = "REDUCE_SHUFFLE_BYTES";

    /// <summary>Map outputs that reduce tasks fetched.</summary>
    public const string ShuffledMaps = "SHUFFLED_MAPS";

    /// <summary>Records that reduce tasks read.</summary>
    public const string ReduceInputRecords = "REDUCE_INPUT_RECORDS";

    /// <summary>Distinct keys that reducers were given; a sort without a reducer forms no groups and leaves it out.</summary>
    public const string ReduceInputGroups = "REDUCE_INPUT_GROUPS";

    /// <summary>Records that reducers wrote.</summary>
    public const string ReduceOutputRecords = "REDUCE_OUTPUT_RECORDS";
}
