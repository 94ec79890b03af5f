using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MapReduce.AppHost.Portable.Redis;

/// <summary>Asks a Redis on this machine whether it is ready.</summary>
internal static class RedisProbe
{
    /// <summary>True once it answers a ping; not yet while it reads its data.</summary>
    public static async Task<bool> AnswersAsync(int port, string password, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {password}\r\nPING\r\n"), cancellationToken);
            using var answers = new StreamReader(stream);
            return await answers.ReadLineAsync(cancellationToken) == "+OK" && await answers.ReadLineAsync(cancellationToken) == "+PONG";
        }
        catch (Exception refused) when (refused is SocketException or IOException)
        {
            return false;
        }
    }
}
