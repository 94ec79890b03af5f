using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Shuffle;

namespace MapReduce.Tests.Remote;

public sealed class ProxyTests : IDisposable
{
    private readonly IWebProxy _before = HttpClient.DefaultProxy;
    private readonly WatchingProxy _proxy = new();

    public ProxyTests() => HttpClient.DefaultProxy = _proxy;

    [Fact]
    public async Task Send_MasterOfThisMachine_AsksNoProxy()
    {
        var port = FreePort();
        using var client = new HttpMasterClient(MasterAddresses.Parse($"http://127.0.0.1:{port}"), "secret", new WorkerDirectory(), TimeProvider.System);
        await Assert.ThrowsAsync<MasterUnavailableException>(async () => await client.DeregisterAsync("w", default));
        Assert.DoesNotContain(port, _proxy.Ports);
    }

    public void Dispose() => HttpClient.DefaultProxy = _before;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Lets everything pass by: other tests run beside this one.</summary>
    private sealed class WatchingProxy : IWebProxy
    {
        public ConcurrentBag<int> Ports { get; } = [];

        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination)
        {
            Ports.Add(destination.Port);
            return null;
        }

        public bool IsBypassed(Uri host)
        {
            Ports.Add(host.Port);
            return true;
        }
    }
}
