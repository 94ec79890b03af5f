using Bench.Checking;
using Bench.Measuring;

namespace Bench.Comparing;

/// <summary>Runs both sides of a comparison in turn, A B A B, so that what the machine does meanwhile hits both.</summary>
internal sealed class Rounds(Layout layout, AnswerBook book, int pairs)
{
    private readonly Runner _runner = new(layout);

    /// <summary>Runs one pair to warm up (page cache, disk, clock of the processor), then those that count.</summary>
    public ComparisonResult Run(Comparison comparison)
    {
        var counted = new List<Pair>();
        try
        {
            book.Settle(comparison.Ours.Answer);
            book.Settle(comparison.Theirs.Answer);
            using var scene = comparison.Scene;
            scene?.Start();
            for (int i = 0; i <= pairs; i++)
            {
                var pair = new Pair(RunOnce(comparison.Ours), RunOnce(comparison.Theirs));
                Progress.Say($"{comparison.Name} {(i == 0 ? "warm-up" : $"{i}/{pairs}")}: {pair.Ours.Wall:F3} s, {pair.Theirs.Wall:F3} s");
                if (i > 0) counted.Add(pair);
            }

            return new ComparisonResult(comparison, counted, Failure: null);
        }
        catch (BenchException error)
        {
            Progress.Say($"{comparison.Name} FAILED: {error.Message}");
            string anywhere = error.Message.Replace(layout.Data, "DATA", StringComparison.Ordinal).Replace(layout.Repository, ".", StringComparison.Ordinal);
            return new ComparisonResult(comparison, [], anywhere.Trim()); // the report is kept: it names no folders of this machine
        }
    }

    private Measurement RunOnce(Contender contender)
    {
        string output = layout.Output("measured");
        Delete(output);
        _runner.Run(new Command("sync")); // or this run would pay for writing back the last one's output
        var measured = _runner.Measure(contender.Command(output));
        book.Check(contender.Answer, contender.Name, contender.Answer.Read(Contender.Files(output)));
        Delete(output);
        return measured.Scale(contender.Scale);
    }

    private static void Delete(string output)
    {
        if (Directory.Exists(output)) Directory.Delete(output, recursive: true);
        File.Delete(output);
    }
}
