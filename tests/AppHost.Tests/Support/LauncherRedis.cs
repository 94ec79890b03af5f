using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AppHost.Tests.Support;

/// <summary>Talks to the Redis that a launcher started.</summary>
internal static class LauncherRedis
{
    /// <summary>Sends one command in its plain form, and returns the first line of the answer.</summary>
    public static async Task<string?> AskAsync(PortableCluster cluster, string command)
    {
        var settings = File.ReadLines(Path.Combine(cluster.DataFolder, "redis", "redis.conf"))
            .Select(line => line.Split(' ', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, int.Parse(settings["port"], CultureInfo.InvariantCulture));
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {settings["requirepass"]}\r\n{command}\r\n"));
        using var answers = new StreamReader(stream);
        return await answers.ReadLineAsync() == "+OK" ? await answers.ReadLineAsync() : throw new InvalidOperationException("Redis refused the password");
    }
}
