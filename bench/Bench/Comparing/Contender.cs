using Bench.Checking;
using Bench.Measuring;

namespace Bench.Comparing;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">The program, as the report names it.</param>
/// <param name="Command">Makes the command that writes to the given path, a file or a folder that does not exist.</param>
/// <param name="Answer">What it must answer.</param>
internal sealed record Contender(string Name, Func<string, Command> Command, AnswerSheet Answer)
{
    /// <summary>Times its times count, when it is given only a part of the input.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The files of its output in their order: itself, or a folder's parts.</summary>
    public static IReadOnlyList<string> Files(string output)
    {
        if (File.Exists(output)) return [output];
        if (!File.Exists(Path.Combine(output, "_SUCCESS"))) throw new BenchException($"{output}: no output, or a folder without _SUCCESS");
        return [.. Directory.GetFiles(output, "part-*").Order(StringComparer.Ordinal)];
    }
}
