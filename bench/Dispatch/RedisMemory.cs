using System.Net.Sockets;
using System.Text;

namespace Dispatch;

/// <summary>Asks a Redis server how much memory it uses.</summary>
internal sealed class RedisMemory(int port) : IDisposable
{
    private const string Field = "used_memory:";

    private readonly TcpClient _connection = new("127.0.0.1", port);

    /// <summary>Bytes that the server has allocated.</summary>
    public long Used()
    {
        var stream = _connection.GetStream();
        stream.Write("INFO memory\r\n"u8);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        do
        {
            answer.Append(Encoding.ASCII.GetString(buffer, 0, stream.Read(buffer)));
        }
        while (!answer.ToString().Contains("active_defrag", StringComparison.Ordinal));
        var text = answer.ToString();
        var start = text.IndexOf(Field, StringComparison.Ordinal) + Field.Length;
        return long.Parse(text[start..text.IndexOf('\r', start)]);
    }

    public void Dispose() => _connection.Dispose();
}
