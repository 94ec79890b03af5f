using Bench.Preparing;

namespace Bench.Comparing;

internal sealed partial class Catalogue
{
    /// <summary>Jobs through a cluster on this machine against the same jobs in one process, and against GNU sort.</summary>
    private IEnumerable<Comparison> Clusters()
    {
        var (near, far) = (new ClusterScene(_layout, overHttp: false), new ClusterScene(_layout, overHttp: true));
        var count = new Contender("mapreduce run wordcount", output => _programs.MapReduce("wordcount", _text, output), Counts(_text));
        yield return OnCluster("cluster-wordcount", "word count", "wordcount", near, count, 1.3, _text);
        yield return OnCluster("cluster-sort", "sort", "sort", near, Sort(_records), 1.3, _records);
        var gnu = new Contender("GNU sort", output => Programs.GnuSort(_records, output), Sorted(_records));
        yield return OnCluster("cluster-http-sort-gnu", "sort, map outputs over HTTP", "sort", far, gnu, 0.45, _records);
    }

    private Comparison OnCluster(string name, string title, string job, ClusterScene scene, Contender theirs, double bar, InputSet input)
    {
        var ours = new Contender($"mapreduce run {job} --master", output => _programs.MapReduce(job, input, output, scene), theirs.Answer);
        return new(name, $"{title}, {input.Name}, on a cluster", ours, theirs)
        {
            Bars = [Bar.Wall(bar)],
            Inputs = [input],
            Projects = [Programs.Cli, Programs.Limit],
            Builds = ["AppHost"],
            Tools = [Tool.Redis],
            Scene = scene,
        };
    }
}
