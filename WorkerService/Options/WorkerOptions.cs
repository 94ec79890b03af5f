namespace MapReduce.WorkerService.Options;

/// <summary>What a worker can be told, in the configuration section <c>MapReduce:Worker</c>. Read once, at start.</summary>
public sealed class WorkerOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "MapReduce:Worker";

    /// <summary>
    /// The master's URL, or those of several masters of one cluster, separated by commas. Default: what
    /// <c>services:master</c> says, as Aspire and the portable launcher set it.
    /// </summary>
    public string Master { get; set; } = "";

    /// <summary>The bearer token of the role <c>worker</c>; null (the default) for a master without tokens.</summary>
    public string? Token { get; set; }

    /// <summary>Tasks that run at once, 1 to 4,096; default: one for each processor.</summary>
    public int Slots { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Where map outputs and runs lie, absolute: on a disk of this machine, of which each worker takes a folder of its own.
    /// Default: <c>mapreduce/workers</c> in the user's state folder (<c>XDG_STATE_HOME</c>, or <c>~/.local/state</c>).
    /// </summary>
    public string WorkDirectory { get; set; } = DefaultFolders.Work();

    /// <summary>Bytes of map outputs that this worker keeps before it claims no more tasks; 0 (the default) for no limit but the disk.</summary>
    public long Quota { get; set; }

    /// <summary>Requests for map outputs under way at a time, 1 to 256; default 4.</summary>
    public int ParallelFetches { get; set; } = 4;

    /// <summary>How long a worker that is told to leave serves its map outputs, at most; default 60 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Where map outputs are served: <c>http://host:port</c>, or https with a certificate from <c>Kestrel:Certificates:Default</c>; port 0 for any free one.
    /// Default: <c>http://127.0.0.1:0</c>, or <c>http://*:0</c> where <see cref="Advertise"/> is set.
    /// </summary>
    public string? Listen { get; set; }

    /// <summary>
    /// The host name or IP address by which other workers reach this one. Default: the variable <c>POD_IP</c> where there is one;
    /// otherwise 127.0.0.1 while map outputs are served on loopback only, else this machine's host name.
    /// </summary>
    public string? Advertise { get; set; }

    /// <summary>Assemblies whose jobs this worker runs beside the built-in ones, absolute paths: every public static property of type JobCatalog or JobDefinition counts.</summary>
    public IReadOnlyList<string> JobAssemblies { get; set; } = [];

    /// <summary>
    /// True to run the programs of streaming jobs, which whoever may submit a job chooses: they can do all that this worker's account can. The masters must
    /// allow it, too. Default false.
    /// </summary>
    public bool AllowUserCode { get; set; }

    /// <summary>This worker reads inputs and writes outputs only in these directories or below them, absolute. Default: none, which leaves that to the master.</summary>
    public IReadOnlyList<string> Roots { get; set; } = [];

    /// <summary>True to fetch over HTTP what could be read as a file on this host, for tests and benchmarks. Default false.</summary>
    public bool AlwaysFetchOverHttp { get; set; }
}
