namespace Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    public const string Help = """
        bench/run [NAME]... [--pairs N] [--quick] [--data DIR] [--name TEXT]

          NAME          run the comparisons whose names contain NAME; all when none is given
          --pairs N     pairs of runs that count, after one pair to warm up; default 5
          --quick       small inputs: shows that everything works and all outputs agree, its ratios mean nothing
          --data DIR    cache of tools, inputs and outputs; default $TMPDIR/mapreduce-bench; the full run takes about 20 GB
          --name TEXT   the report is bench/results/<date>-TEXT.md; default: the NAMEs, or "all"
        """;

    public IReadOnlyList<string> Names { get; private init; } = [];

    public int Pairs { get; private init; } = 5;

    public bool Quick { get; private init; }

    public string Data { get; private init; } = Path.Combine(Path.GetTempPath(), "mapreduce-bench");

    public string? Name { get; private init; }

    public string ReportName => Name ?? (Names.Count == 0 ? "all" : string.Join('-', Names));

    /// <exception cref="UsageException">An option is unknown, lacks its value, or has a wrong one.</exception>
    public static BenchOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new BenchOptions();
        while (!args.IsEmpty)
        {
            string arg = args[0];
            args = args[1..];
            switch (arg)
            {
                case "--quick": options = options with { Quick = true }; break;
                case "--pairs": options = options with { Pairs = Count(Value(arg, ref args)) }; break;
                case "--data": options = options with { Data = Path.GetFullPath(Value(arg, ref args)) }; break;
                case "--name": options = options with { Name = Value(arg, ref args) }; break;
                case ['-', ..]: throw new UsageException($"unknown option {arg}\n\n{Help}");
                default: options = options with { Names = [.. options.Names, arg] }; break;
            }
        }

        return options;
    }

    private static string Value(string option, ref ReadOnlySpan<string> rest)
    {
        if (rest.IsEmpty) throw new UsageException($"{option} needs a value\n\n{Help}");
        string value = rest[0];
        rest = rest[1..];
        return value;
    }

    private static int Count(string text) =>
        int.TryParse(text, out int pairs) && pairs is >= 1 and <= 1000
            ? pairs
            : throw new UsageException($"--pairs {text}: a whole number from 1 to 1000 is needed");
}
