using AppHost.Tests.Support;

namespace AppHost.Tests.Portable;

public sealed class LauncherCommandTests
{
    [Theory]
    [InlineData("--workers", "-1", "--workers is -1: use 0 or more.")]
    [InlineData("--slots", "0", "--slots is 0: use 1 or more.")]
    [InlineData("--port", "-1", "--port is -1: use 0 or more.")]
    [InlineData("--otlp", "collector", "--otlp is 'collector': write a whole address")]
    public async Task Run_WrongValue_IsRefusedWithTheRemedy(string option, string value, string message)
    {
        await using var launcher = KeptProgram.Start(["dotnet", Checkout.AppHost, option, value]);
        Assert.Equal(1, await launcher.ExitAsync());
        Assert.Contains(message, launcher.Output, StringComparison.Ordinal);
    }
}
