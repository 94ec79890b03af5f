using MapReduce.AppHost.Portable.Processes;

namespace MapReduce.AppHost.Portable.Data;

/// <summary>
/// Services of a launcher that was killed a moment ago. Its lock is free at once, but they need some seconds to end,
/// and two Redis servers over one folder would destroy its data.
/// </summary>
internal static class Leftovers
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task GoneAsync(DataFolder data, TimeProvider time, CancellationToken cancellationToken)
    {
        var services = ClusterFile.Read(data.Cluster).Services;
        var start = time.GetTimestamp();
        while (services.FirstOrDefault(service => ProcessBirth.Of(service.Pid) == service.Birth) is { } alive)
        {
            if (time.GetElapsedTime(start) >= Limit)
                throw new LauncherException($"{alive.Name} of an earlier AppHost still runs over {data.Path} as process {alive.Pid}: end it (kill {alive.Pid}) and start again.");
            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
