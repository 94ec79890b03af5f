using System.Globalization;
using Simulation;
using Simulation.Mutants;

// --seed N    replays one seed and prints its whole trace
// --seeds N   runs seeds 0 to N-1 and stops at the first failure; --from M begins elsewhere
// --mutants   plants bugs and prints how each is found; with a part of a name only those, and what happened
int? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : null;

if (Option("--seed") is { } seed)
{
    var result = Scenario.Run(seed);
    Console.WriteLine(result.Trace);
    Console.WriteLine(result.Failure is null ? $"seed {seed}: {result.State} after {result.Steps} steps" : $"seed {seed} failed: {result.Failure}");
    return result.Failure is null ? 0 : 1;
}

if (Array.IndexOf(args, "--mutants") is >= 0 and var mutants) return MutantTable.Print(args.ElementAtOrDefault(mutants + 1)) ? 0 : 1;

var first = Option("--from") ?? 0;
var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
for (var each = first; each < first + (Option("--seeds") ?? 1000); each++)
{
    var result = Scenario.Run(each);
    if (result.Failure is not null)
    {
        Console.WriteLine(result.Describe());
        return 1;
    }

    var end = result.State.ToString()!;
    ends[end] = ends.GetValueOrDefault(end) + 1;
}

Console.WriteLine(string.Join(", ", ends.Select(end => $"{end.Value} {end.Key}")));
return 0;
