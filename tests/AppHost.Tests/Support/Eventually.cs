namespace AppHost.Tests.Support;

/// <summary>Waits for something that nobody reports.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks every 50 ms until <paramref name="ask"/> answers yes; fails after a minute, naming <paramref name="what"/>.</summary>
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

    /// <summary>The same for a question that needs no waiting itself.</summary>
    public static Task HoldsAsync(Func<bool> ask, string what) => HoldsAsync(() => Task.FromResult(ask()), what);
}
