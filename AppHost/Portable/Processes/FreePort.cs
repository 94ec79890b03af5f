using System.Net;
using System.Net.Sockets;

namespace MapReduce.AppHost.Portable.Processes;

/// <summary>Ports of the loopback interface.</summary>
internal static class FreePort
{
    /// <summary>A port that nobody listens on. Somebody may take it before it is used; the start then fails and says so.</summary>
    public static int Any()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
