using MapReduce.Map;
using MapReduce.Tests.Input.Planner;
using MapReduce.Tests.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Programming;

public sealed class SideDataTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestWorkspace _test = new(4 << 20);

    public void Dispose()
    {
        _test.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void BroadcastJoin_SmallSide_IsEachWithEach()
    {
        var side = _folder.File("names", "1 one\n3 three\n3 drei\n9 nine\n");
        var names = Job.SideData(side, file => Lines(file).Select(line => line.Split(' ')).ToLookup(parts => int.Parse(parts[0], null), parts => parts[1]));
        var plan = Numbers().BroadcastJoin(names, (key, value, name) => $"{value}-{name}").Sort().WriteText();
        var known = new[] { (1, "one"), (3, "three"), (3, "drei") };
        var expected = from number in Enumerable.Range(0, 20) join name in known on number % 5 equals name.Item1 orderby number % 5 select $"{number % 5}\t{number}-{name.Item2}";
        Assert.Equal(expected, _test.Reduce(plan, 0, _test.Map(plan, _test.Numbers(20))));
    }

    [Fact]
    public void BroadcastJoin_TextKeys_AreFound()
    {
        var names = Job.SideData(_folder.File("names", "1\n"), file => Lines(file).ToLookup(line => new Utf8Text(line), _ => "found"));
        var plan = Job.ReadLines().Map(line => line.Words().Select(word => (word, 1L))).BroadcastJoin(names, (_, _, name) => name).Sort().WriteText();
        Assert.Equal(["1\tfound"], _test.Reduce(plan, 0, _test.Map(plan, _test.Numbers(20))));
    }

    [Fact]
    public void Value_ManyThreads_IsReadOnce()
    {
        var reads = 0;
        var data = Job.SideData(_folder.File("data", "x\n"), file => Interlocked.Increment(ref reads));
        Parallel.For(0, 50, _ => Assert.Equal(1, data.Value));
    }

    [Fact]
    public void Value_ReaderFails_NamesTheFileAndIsTriedAgain()
    {
        var reads = 0;
        var data = Job.SideData(_folder.File("data", "x\n"), _ => ++reads == 1 ? throw new FormatException("no number") : reads);
        Assert.Equal($"The side data '{_folder["data"]}' cannot be read: no number", Assert.Throws<InvalidDataException>(() => data.Value).Message);
        Assert.Equal(2, data.Value);
    }

    [Fact]
    public void SideData_NoSuchFile_IsRefused() =>
        Assert.Contains($"'{_folder["none"]}' is no file", Assert.Throws<ArgumentException>(() => Job.SideData(_folder["none"], _ => 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void SideData_CannotBeOpened_IsRefused()
    {
        using var pipe = System.Diagnostics.Process.Start("mkfifo", [_folder["pipe"]]);
        pipe.WaitForExit();
        Assert.Contains($"'{_folder["pipe"]}' cannot be opened", Assert.Throws<ArgumentException>(() => Job.SideData(_folder["pipe"], _ => 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_TwoJobsOfOneDefinition_ReadTheirOwnData()
    {
        var job = JobDefinition.Create<Named>("named", "Names numbers.");
        string[] Run(string content)
        {
            var json = job.Parse([new("path", _folder.File(content, $"1 {content}\n"))]);
            return [.. MapReduce.Testing.JobTest.Run(job.Plan(json), "1", "2").Lines];
        }

        Assert.Equal(["1\tone"], Run("one"));
        Assert.Equal(["1\tuno"], Run("uno"));
    }

    [Fact]
    public void Plan_DefinitionOfAPlan_MakesItForEachJob()
    {
        var path = _folder.File("names", "1 one\n");
        var job = JobDefinition.Create("named", "Names numbers.", () => new Named().Plan(new(path)));
        Assert.Equal(["1\tone"], MapReduce.Testing.JobTest.Run(job.Plan("{}"), "1").Lines);
        File.WriteAllText(path, "1 uno\n");
        Assert.Equal(["1\tuno"], MapReduce.Testing.JobTest.Run(job.Plan("{}"), "1").Lines);
    }

    public sealed record Names(string Path);

    public sealed class Named : IMapReduceJob<Names>
    {
        public JobPlan Plan(Names options)
        {
            var names = Job.SideData(options.Path, file => Lines(file).Select(line => line.Split(' ')).ToLookup(parts => parts[0], parts => parts[1]));
            return Job.ReadLines().Map(line => new[] { (line.Text, 1) }).BroadcastJoin(names, (_, _, name) => name).WriteText();
        }
    }

    [Fact]
    public void SideData_RelativePath_IsRefusedWithTheAbsoluteOne() =>
        Assert.Contains($"write {Path.GetFullPath("data")}", Assert.Throws<ArgumentException>(() => Job.SideData("data", _ => 1)).Message, StringComparison.Ordinal);

    private static Pairs<int, int> Numbers() => Job.ReadLines().Map(line => new[] { (int.Parse(line.Text, null) % 5, int.Parse(line.Text, null)) });

    private static List<string> Lines(Stream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
