namespace MapReduce.Output;

/// <summary>What committed output must survive.</summary>
public enum OutputDurability
{
    /// <summary>
    /// The death of any process at any instruction, not of the machine: nothing is fsynced. For local runs, where a machine
    /// that loses power loses the run, too.
    /// </summary>
    Process,

    /// <summary>The death of machines: files and directories are fsynced before anything depends on them. For clusters.</summary>
    Machine,
}
