using MapReduce.Protocol;

namespace MapReduce.Tests;

/// <summary>Leases for code that runs without a scheduler.</summary>
internal static class TestLeases
{
    public static TaskLease Any { get; } = new()
    {
        JobId = "j1",
        Task = new TaskId(1, TaskKind.Reduce, 7),
        Token = "3.00000000000000ff",
        Attempt = 3,
        Duration = TimeSpan.FromSeconds(10),
        Spec = new JobSpec { Job = "job", Inputs = ["/in"], Output = "/out", Steps = [] },
        Reducers = 9,
    };
}
