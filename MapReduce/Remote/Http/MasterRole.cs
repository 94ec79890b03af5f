namespace MapReduce.Remote.Http;

/// <summary>The roles of callers, by the names that the master's configuration gives them.</summary>
internal static class MasterRole
{
    public const string Read = "read";
    public const string Submit = "submit";
    public const string Worker = "worker";
}
