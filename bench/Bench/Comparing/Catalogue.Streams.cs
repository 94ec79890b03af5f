using Bench.Checking;
using Bench.Measuring;
using Bench.Preparing;

namespace Bench.Comparing;

internal sealed partial class Catalogue
{
    // The pipeline's stages run side by side, but each is one process: what the slots can do is to have two of each.
    private const double PipelineOverSlots = 1.0 / Programs.Slots;

    private IEnumerable<Comparison> Streams() =>
    [
        Stream("stream-wordcount", "words counted by tr and uniq", "tr -s ' ' '\\n'", "uniq -c"),
        Stream("stream-awk", "words counted by awk", """awk '{ for (i = 1; i <= NF; i++) print $i "\t" 1 }'""", """awk -F "\t" '$1 != key && NR > 1 { print key "\t" sum; sum = 0 } { key = $1; sum += $2 } END { print key "\t" sum }'"""),
    ];

    private Comparison Stream(string name, string title, string mapper, string reducer)
    {
        Command Pipeline(string output) => new("bash", "-c", $"export LC_ALL=C; cat {_shortText.Folder}/* | {mapper} | sort | {reducer} > {output}");
        string Referee()
        {
            string output = _layout.Output("referee");
            new Runner(_layout).Run(Pipeline(output));
            string answer = Answers.Lines([output]);
            File.Delete(output);
            return answer;
        }

        var answer = new AnswerSheet($"{name} of {_shortText.Name}", Referee, Answers.Lines);
        var ours = new Contender("mapreduce stream", output => _programs.Stream(_shortText, output, mapper, reducer), answer);
        var theirs = new Contender("shell pipeline", Pipeline, answer);
        return new(name, $"{title}, {_shortText.Name}", ours, theirs) { Bars = [Bar.Wall(PipelineOverSlots)], Inputs = [_shortText], Projects = [Programs.Cli] };
    }
}
