namespace MapReduce.MasterService.Options;

/// <summary>What a master can be told, in the configuration section <c>MapReduce</c>. Read once, at start.</summary>
public sealed class MasterOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "MapReduce";

    /// <summary>
    /// Where jobs are journaled and outcomes are decided, absolute; one folder for all masters of a cluster, and on storage
    /// that outlives them. Default: <c>mapreduce/master</c> in the user's state folder (<c>XDG_STATE_HOME</c>, or <c>~/.local/state</c>).
    /// </summary>
    public string DataFolder { get; set; } = DefaultFolders.Data();

    /// <summary>
    /// Inputs and outputs of jobs lie in these directories or below them, absolute. Default: none, which a master that only
    /// listens on loopback takes as the whole file system; any other must name them.
    /// </summary>
    public IReadOnlyList<string> Roots { get; set; } = [];

    /// <summary>
    /// True to take in streaming jobs, whose programs run on the workers that allow it (<c>MapReduce:Worker:AllowUserCode</c>). Default false: whoever may
    /// submit a job could otherwise do all that the workers' account can.
    /// </summary>
    public bool AllowUserCode { get; set; }

    /// <summary>How long ended jobs are remembered.</summary>
    public HistoryOptions History { get; set; } = new();

    /// <summary>What is refused because it is too much.</summary>
    public LimitOptions Limits { get; set; } = new();
}

/// <summary>How long ended jobs are remembered. A job that ended less than an hour ago always is.</summary>
public sealed class HistoryOptions
{
    /// <summary>Ended jobs at most, 1 or more; default 1,000.</summary>
    public int Jobs { get; set; } = 1_000;

    /// <summary>The age at which an ended job is forgotten, an hour or more; default 30 days.</summary>
    public TimeSpan Age { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>What is refused because it is too much.</summary>
public sealed class LimitOptions
{
    /// <summary>Jobs that have not ended, 1 or more; default 1,000. Masters that admit at the same moment may exceed it by a few.</summary>
    public int ActiveJobs { get; set; } = 1_000;

    /// <summary>Map tasks of a job, 1 or more; default 2,000,000.</summary>
    public int MapTasks { get; set; } = 2_000_000;

    /// <summary>Characters of a job's options, 2 or more; default 262,144.</summary>
    public int OptionsLength { get; set; } = 256 << 10;

    /// <summary>Bytes of a file that travels with a streaming job, 0 or more; default 1 GiB.</summary>
    public long FileBytes { get; set; } = 1L << 30;

    /// <summary>Bytes of any other request's body, 64 KiB or more; default 16 MiB. A worker reports many results in one request.</summary>
    public long RequestBytes { get; set; } = 16L << 20;
}
