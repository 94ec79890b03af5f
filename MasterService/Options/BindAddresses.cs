using System.Net;

namespace MapReduce.MasterService.Options;

/// <summary>The addresses that the web server is configured to listen on.</summary>
/// <param name="All">As they are written in the configuration; bare ports (<c>http_ports</c>) are overruled by the default of <c>urls</c>.</param>
internal sealed record BindAddresses(IReadOnlyList<string> All)
{
    private static readonly char[] Separators = [';', ','];

    /// <summary>Those that other machines can reach, or may be able to.</summary>
    public IReadOnlyList<string> Open => [.. All.Where(address => !IsLoopback(address))];

    public static BindAddresses Of(IConfiguration configuration) => new([
        .. Split(configuration["urls"]),
        .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>(),
    ]);

    private static bool IsLoopback(string address)
    {
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            // The server will refuse it, and say why.
            return false;
        }
        return parsed.IsUnixPipe || parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(parsed.Host, out var ip) && IPAddress.IsLoopback(ip));
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
