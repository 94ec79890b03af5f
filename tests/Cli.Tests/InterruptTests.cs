using Cli.Tests.Support;

namespace Cli.Tests;

public sealed class InterruptTests
{
    [Fact]
    public void Fire_Once_Cancels()
    {
        using var host = new TestHost();
        host.Interrupt.Fire();
        Assert.True(host.Interrupt.Token.IsCancellationRequested);
    }

    [Fact]
    public void Fire_Once_DoesNotExit()
    {
        using var host = new TestHost();
        host.Interrupt.Fire();
        Assert.Empty(host.Exits);
    }

    [Fact]
    public void Fire_Twice_ExitsAtOnce()
    {
        using var host = new TestHost();
        host.Interrupt.Fire();
        host.Interrupt.Fire();
        Assert.Equal([130], host.Exits);
    }
}
