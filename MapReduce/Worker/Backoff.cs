using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>Tries a call again while the master is away.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    /// <summary>The lease of a job that did not ask for another; bounds the pauses of calls that belong to no job.</summary>
    public static readonly TimeSpan UsualLease = TimeSpan.FromSeconds(10);

    /// <summary>Calls until the master answers. No pause is longer than a third of the lease, so that no lease is lost to waiting.</summary>
    public static async Task<T> UntilAnsweredAsync<T>(Func<ValueTask<T>> call, TimeSpan lease, TimeProvider time, CancellationToken cancellationToken)
    {
        var longest = lease / 3;
        for (var pause = First; ; pause *= 2)
        {
            try
            {
                return await call();
            }
            catch (MasterUnavailableException)
            {
                if (pause > longest) pause = longest;
            }
            await Delay.ForAsync(pause, time, cancellationToken);
        }
    }

    /// <summary>The same for calls without an answer.</summary>
    public static Task UntilAnsweredAsync(Func<ValueTask> call, TimeSpan lease, TimeProvider time, CancellationToken cancellationToken) =>
        UntilAnsweredAsync(async () =>
        {
            await call();
            return true;
        }, lease, time, cancellationToken);
}
