using System.Text;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;
using MapReduce.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace MapReduce.Tests.Output;

/// <summary>A job with two reduce tasks of two attempts each, ready to commit, on a disk in memory.</summary>
internal sealed class CommitFixture
{
    public const string Job = "j1";
    public const string Output = "/data/out";
    public static readonly TaskId First = new(0, TaskKind.Reduce, 0);
    public static readonly TaskId Second = new(0, TaskKind.Reduce, 1);

    public CommitFixture(bool overwrite = false)
    {
        Store = Open(Files);
        Spec = SpecOf(overwrite);
    }

    public InMemoryFileSystem Files { get; } = new(new FakeTimeProvider());

    public FileOutputStore Store { get; }

    public JobSpec Spec { get; }

    public static FileOutputStore Open(IFileSystem files) => new(files, "/master", OutputDurability.Machine);

    public static JobSpec SpecOf(bool overwrite, string output = Output) =>
        new() { Job = "wordcount", Inputs = ["/data/in"], Output = output, Overwrite = overwrite, Steps = [new StepShape(true, false, false)] };

    public JobOutcome Run(string job = Job, string winnerText = "winner")
    {
        Store.Claim(job, Spec);
        WriteAttempt(job, First, "1.loser", "part-r-00000", "loser");
        var winners = new[] { WriteAttempt(job, First, "2.a", "part-r-00000", winnerText + " 0"), WriteAttempt(job, Second, "1.b", "part-r-00001", winnerText + " 1") };
        return new JobOutcome { Kind = OutcomeKind.Commit, Output = Output, Job = "wordcount", Winners = winners, Counters = new Dictionary<string, long> { ["WORDS"] = 7 } };
    }

    public Winner WriteAttempt(string job, TaskId task, string token, string name, string text)
    {
        using (var writer = Store.Create(Output, job, task, token, name)) writer.Write(Encoding.UTF8.GetBytes(text));
        Store.Seal(Output, job, task, token);
        return new Winner(task, token, [new OutputFile(name, text.Length, 1, 0x1234)]);
    }

    public void WriteOld(string name, string text = "old")
    {
        Files.CreateDirectory(Output);
        Files.WriteAll(Path.Combine(Output, name), Encoding.UTF8.GetBytes(text), exclusive: false, sync: false);
    }

    public string? Read(string path) => Files.TryReadAll(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Everything below the output directory, with the content of the parts.</summary>
    public string Show() => Show(Output + "/", "");

    /// <summary>The same without what readers of output skip.</summary>
    public string ShowVisible() => Show(Output + "/", Output + "/_temporary");

    private string Show(string below, string except) => string.Join('\n', Files.AllFiles()
        .Where(path => path.StartsWith(below, StringComparison.Ordinal) && (except.Length == 0 || !path.StartsWith(except, StringComparison.Ordinal)))
        .Select(path => path.EndsWith("_SUCCESS", StringComparison.Ordinal) ? path : $"{path}={Read(path)}"));
}
