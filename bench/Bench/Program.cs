using Bench.Checking;
using Bench.Comparing;
using Bench.Measuring;
using Bench.Preparing;
using Bench.Reporting;

namespace Bench;

internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.WriteLine(BenchOptions.Help);
            return 0;
        }

        try
        {
            return Run(BenchOptions.Parse(args));
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
        catch (BenchException error)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static int Run(BenchOptions options)
    {
        var layout = new Layout(options.Data);
        var catalogue = new Catalogue(layout, options.Quick ? InputSizes.Quick : InputSizes.Full);
        var chosen = catalogue.Choose(options.Names);
        Preparation.Run(layout, chosen);

        var rounds = new Rounds(layout, new AnswerBook(), options.Pairs);
        var results = chosen.Select(rounds.Run).ToList();

        string report = MarkdownReport.Write(results, Machine.Describe(layout), options);
        Console.Write(report);
        string path = layout.ReportPath(options);
        File.WriteAllText(path, report);
        Progress.Say($"written to {path}");
        return results.Exists(result => result.Failure is not null) ? 1 : 0;
    }
}
