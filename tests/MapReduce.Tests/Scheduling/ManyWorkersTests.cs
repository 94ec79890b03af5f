using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.Tests.Scheduling;

/// <summary>Real threads against one coordinator: what the single-threaded tests cannot show.</summary>
public class ManyWorkersTests
{
    [Fact]
    public async Task Run_ManyWorkersWithFailures_CountsEveryTaskOnceAndEnds()
    {
        using var bench = new CoordinatorBench(maps: 500, reducers: 50);
        var job = await bench.SubmitAsync();
        using var ended = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 8).Select(i => Task.Run(() => WorkAsync(bench, $"w{i}", new Random(i), ended.Token))).ToArray();
        var host = Task.Run(() => HostAsync(bench, ended.Token));
        var status = await bench.Master.WaitAsync(job, default).WaitAsync(TimeSpan.FromMinutes(1));
        ended.Cancel();
        await Task.WhenAll([host, .. workers]);
        Assert.Equal((JobState.Succeeded, 500 * 501 / 2), (status.State, status.Counters[CounterNames.MapInputRecords]));
    }

    private static async Task WorkAsync(CoordinatorBench bench, string worker, Random random, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                foreach (var lease in await bench.Master.ClaimAsync(worker, random.Next(1, 4), TimeSpan.FromSeconds(20), ended))
                {
                    if (random.Next(10) == 0) await bench.Master.ReleaseAsync(worker, CoordinatorBench.Ref(lease), default);
                    else await bench.CompleteAsync(lease, worker);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
    }

    private static async Task HostAsync(CoordinatorBench bench, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await bench.Master.TickAsync(ended);
                await bench.Master.WaitForTickAsync(TimeSpan.FromMilliseconds(250), ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
    }
}
