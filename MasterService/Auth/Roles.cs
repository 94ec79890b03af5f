namespace MapReduce.MasterService.Auth;

/// <summary>What a caller may do. Each is also the name of the policy that asks for it.</summary>
internal static class Roles
{
    /// <summary>Start, cancel and retry jobs, drain workers; and all that <see cref="Read"/> may.</summary>
    public const string Submit = "submit";

    /// <summary>Take leases and report on them.</summary>
    public const string Worker = "worker";

    /// <summary>Look at jobs and workers.</summary>
    public const string Read = "read";

    public static IReadOnlyList<string> All { get; } = [Submit, Worker, Read];
}
