using Bench.Checking;
using Bench.Preparing;

namespace Bench.Comparing;

internal sealed partial class Catalogue
{
    private IEnumerable<Comparison> Sorts()
    {
        var job = Sort(_records);
        var gnu = new Contender("GNU sort", output => Programs.GnuSort(_records, output), Sorted(_records));
        var duckDb = new Contender("DuckDB", output => _programs.DuckDb("sort", _records, output), Sorted(_records));
        yield return OfRecords("sort-gnu", job, gnu, 0.35);
        yield return OfRecords("sort-duckdb", job, duckDb, 0.6) with { Tools = [Tool.Node, Tool.Npm] };
    }

    private Comparison OfRecords(string name, Contender ours, Contender theirs, double bar) =>
        new(name, $"sort, {_records.Name}", ours, theirs) { Bars = [Bar.Wall(bar)], Inputs = [_records], Projects = [Programs.Cli] };

    private Contender Sort(InputSet input) => new("mapreduce run sort", output => _programs.MapReduce("sort", input, output), Sorted(input));

    /// <summary>The input is the referee: the output must have the same lines and ascend.</summary>
    private static AnswerSheet Sorted(InputSet input) => new($"sorted lines of {input.Name}", () => Answers.Lines(input.Files), Answers.Sorted);
}
