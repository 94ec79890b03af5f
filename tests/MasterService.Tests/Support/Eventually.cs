namespace MasterService.Tests.Support;

/// <summary>Waits for something that nobody reports.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks every 50 ms until <paramref name="ask"/> answers yes; fails after 30 s, naming <paramref name="what"/>.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> ask, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await ask())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{what}: not so within {Patience}");
            }
        }
    }
}
