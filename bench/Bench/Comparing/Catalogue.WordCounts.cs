using Bench.Checking;
using Bench.Measuring;
using Bench.Preparing;

namespace Bench.Comparing;

internal sealed partial class Catalogue
{
    private IEnumerable<Comparison> WordCounts()
    {
        var job = new Contender("mapreduce run wordcount", output => _programs.MapReduce("wordcount", _text, output), Counts(_text));
        var limit = new Contender("limit, C#", output => _programs.LimitWordCount(_text.Files, output), Counts(_text));
        var duckDb = new Contender("DuckDB", output => _programs.DuckDb("wc", _text, output), Counts(_text));
        yield return OfText("wordcount-limit", "word count", job, limit, 1.5, Programs.Cli);
        yield return OfText("wordcount-duckdb", "word count", job, duckDb, 0.35, Programs.Cli) with { Tools = [Tool.Node, Tool.Npm] };
        yield return OfText("mapper-limit", "word count, user's record mapper over UTF-8 spans", Form("mapper"), limit, 1.6, Programs.Forms);
        yield return OfText("utf8-lambda-limit", "word count, user's lambda over Utf8Text", Form("utf8-lambda"), limit, 2.5, Programs.Forms);
        yield return OfText("string-lambda-plinq", "word count, user's lambda over strings", Form("string-lambda"), Plinq(), 0.15, Programs.Forms);
    }

    private Comparison OfText(string name, string title, Contender ours, Contender theirs, double bar, string project) =>
        new(name, $"{title}, {_text.Name}", ours, theirs) { Bars = [Bar.Wall(bar)], Inputs = [_text], Projects = [project, Programs.Limit] };

    private Contender Form(string form) => new($"form {form}", output => _programs.Form(form, _text, output), Counts(_text));

    /// <summary>Naive PLINQ takes two minutes a GiB: it gets a quarter of the files, and its times count fourfold.</summary>
    private Contender Plinq()
    {
        int quarter = _text.FileCount / 4;
        IEnumerable<string> Files() => _text.Files.Take(quarter);
        return new Contender("PLINQ, naive, x4 of a quarter", output => _programs.Plinq(Files(), output), Counts($"{_text.Name}, first quarter", Files))
        {
            Scale = (double)_text.FileCount / quarter,
        };
    }

    private AnswerSheet Counts(InputSet input) => Counts(input.Name, () => input.Files);

    /// <summary>The limit program is the referee: it shares no code with the library.</summary>
    private AnswerSheet Counts(string input, Func<IEnumerable<string>> files) => new($"words of {input}", Referee(files), Answers.Counts);

    private Func<string> Referee(Func<IEnumerable<string>> files) => () =>
    {
        string output = _layout.Output("referee");
        new Runner(_layout).Run(_programs.LimitWordCount(files(), output));
        string answer = Answers.Counts([output]);
        File.Delete(output);
        return answer;
    };
}
