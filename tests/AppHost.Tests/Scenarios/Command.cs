using AppHost.Tests.Support;

namespace AppHost.Tests.Scenarios;

/// <summary>The built <c>mapreduce</c>, run as a process of its own.</summary>
/// <param name="environment">What it finds in its environment beside that of the tests.</param>
internal sealed class Command(IReadOnlyDictionary<string, string> environment)
{
    /// <summary>The command for runs without a cluster.</summary>
    public static Command Local { get; } = new(new Dictionary<string, string>());

    /// <summary>The command of a person who uses a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="masters">The masters in the order in which to try them.</param>
    public static Command Of(ICluster cluster, params IEnumerable<Uri> masters) => new(new Dictionary<string, string>
    {
        ["MAPREDUCE_MASTER"] = string.Join(',', masters.Select(master => master.ToString().TrimEnd('/'))),
        ["MAPREDUCE_TOKEN_FILE"] = cluster.TokenFile,
    });

    /// <summary>The same, with more in its environment.</summary>
    public Command With(IReadOnlyDictionary<string, string> more) => new(environment.Concat(more).ToDictionary());

    /// <summary>Starts it.</summary>
    public KeptProgram Start(params IEnumerable<string> arguments) => KeptProgram.Start(["dotnet", Checkout.Cli, .. arguments], environment);

    /// <summary>Runs it to its end, which must be a good one.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        List<string> all = [.. arguments];
        await using var program = Start(all);
        var code = await program.ExitAsync();
        Assert.True(code == 0, $"'mapreduce {string.Join(' ', all)}' ended with {code}: {program.Output}");
        return program.Output;
    }
}
