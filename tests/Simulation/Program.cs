using System.Globalization;
using Simulation;
using Simulation.Mutants;

return Command.Run(args);

/// <summary>The simulation as a command.</summary>
internal static class Command
{
    private const string Help = """
        Runs simulated schedules of the whole system and checks every guarantee. A seed decides everything and replays exactly.

          --seeds N          runs N seeds (default 1,000,000) and stops at the first that fails
          --for SECONDS      stops after a time
          --from M           begins with seed M (default 0)
          --threads T        seeds at once (default: all processors)
          --seed N           replays one seed and prints its trace
            --without A,B    ... without some of its faults, by their names
            --minimise       ... and finds the fewest faults with which it fails
          --mutants [NAME]   plants bugs, those with NAME in theirs, and prints how each is found
        """;

    public static int Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        int? Number(string name) => Option(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        if (args.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }

        if (Number("--seed") is { } seed) return Replay(seed, Option("--without")?.Split(',').ToHashSet() ?? [], args.Contains("--minimise"));
        if (Array.IndexOf(args, "--mutants") is >= 0 and var mutants) return MutantTable.Print(args.ElementAtOrDefault(mutants + 1)) ? 0 : 1;
        var limit = Number("--for") is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        var count = Number("--seeds") ?? (limit == TimeSpan.MaxValue ? 1_000_000 : int.MaxValue);
        var runs = new Runs(Number("--from") ?? 0, count, limit, Number("--threads") ?? Environment.ProcessorCount);
        runs.Run(done => Console.Error.WriteLine($"{done:N0}"));
        Console.WriteLine(runs.Summary());
        if (runs.Failure is null) return 0;
        Console.WriteLine(Minimiser.Describe(runs.Failure));
        return 1;
    }

    private static int Replay(int seed, HashSet<string> without, bool isMinimised)
    {
        var result = Scenario.Run(seed, without, isTraced: true);
        if (isMinimised && result.Failure is not null) Console.WriteLine(Minimiser.Describe(result, int.MaxValue));
        else Console.WriteLine(result.Trace);
        Console.WriteLine(result.Failure is null ? $"seed {seed}: {result.State} after {result.Steps} steps" : $"seed {seed} failed: {result.Failure}");
        return result.Failure is null ? 0 : 1;
    }
}
