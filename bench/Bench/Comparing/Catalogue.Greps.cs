using Bench.Checking;
using Bench.Measuring;
using Bench.Preparing;

namespace Bench.Comparing;

internal sealed partial class Catalogue
{
    private const string Regex = "th.?e[a-z]+", Literal = "theory";

    private IEnumerable<Comparison> Greps() =>
    [
        Grep("grep-regex-count", $"count of lines, regex {Regex}", Regex, literal: false, count: true, 1.5),
        Grep("grep-regex-lines", $"lines, regex {Regex}", Regex, literal: false, count: false, 1.5),
        Grep("grep-literal-count", $"count of lines, literal {Literal}", Literal, literal: true, count: true, 3),
        Grep("grep-literal-lines", $"lines, literal {Literal}", Literal, literal: true, count: false, 3),
    ];

    private Comparison Grep(string name, string title, string pattern, bool literal, bool count, double bar)
    {
        string[] settings = [$"pattern={pattern}", .. literal ? (string[])["literal=true"] : [], .. count ? (string[])["count=true"] : []];
        string[] options = [.. literal ? (string[])["--fixed-strings"] : [], .. count ? (string[])["--count"] : [], pattern];
        var answer = new AnswerSheet($"{name} of {_text.Name}", () => GnuGrep(literal, count, pattern), count ? Answers.Total : Answers.Lines);
        var ours = new Contender("mapreduce run grep", output => _programs.MapReduce("grep", _text, output, settings), answer);
        var theirs = new Contender("ripgrep", output => Programs.Ripgrep(_text, output, options), answer);
        return new(name, $"{title}, {_text.Name}", ours, theirs) { Bars = [Bar.Wall(bar)], Inputs = [_text], Projects = [Programs.Cli], Tools = [Tool.Ripgrep] };
    }

    private string GnuGrep(bool literal, bool count, string pattern)
    {
        string output = _layout.Output("referee");
        var command = new Command("grep", ["-h", literal ? "-F" : "-E", .. count ? (string[])["-c"] : [], "-e", pattern, .. _text.Files]);
        new Runner(_layout).Run(command with { StandardOutput = output });
        string answer = count ? Answers.Total([output]) : Answers.Lines([output]);
        File.Delete(output);
        return answer;
    }
}
