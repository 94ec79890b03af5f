namespace Dispatch;

/// <summary>Processor time that the three processes use from now on.</summary>
internal sealed class Processors(Server redis, Server master)
{
    private readonly TimeSpan _client = Environment.CpuUsage.TotalTime, _master = master.Used(), _redis = redis.Used();

    public void Print(int tasks) => Console.WriteLine(
        $"processor time a task: client {Each(Environment.CpuUsage.TotalTime - _client, tasks):F1} us, "
        + $"master {Each(master.Used() - _master, tasks):F1} us, Redis {Each(redis.Used() - _redis, tasks):F1} us");

    private static double Each(TimeSpan used, int tasks) => used.TotalMicroseconds / tasks;
}
