namespace Shuffle;

/// <summary>What one would write first: a file, and Kestrel as it is.</summary>
internal sealed class PlainFile : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PlainFile(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<PlainFile> StartAsync(string path)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", () => Results.File(path));
        await app.StartAsync();
        return new PlainFile(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
