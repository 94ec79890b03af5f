using MapReduce.Streaming;

namespace MapReduce.Tests.Streaming;

/// <summary>Streaming jobs against <c>cat in | mapper | sort | reducer</c>.</summary>
public sealed class StreamPipelineTests : IDisposable
{
    private const string Words = """awk '{ for (i = 1; i <= NF; i++) print $i "\t" 1 }'""";
    private const string Sums = """awk -F "\t" '$1 != key && NR > 1 { print key "\t" sum; sum = 0 } { key = $1; sum += $2 } END { if (NR) print key "\t" sum }'""";

    private readonly StreamFixture _stream = new();

    public void Dispose() => _stream.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_WordCount_IsThePipelines(int reducers)
    {
        _stream.WriteWords(30_000);
        Assert.Equal(_stream.Shell($"cat in/* | {Words} | LC_ALL=C sort | {Sums} | LC_ALL=C sort"), await _stream.SortedAsync(new(Words, Sums), reducers));
    }

    [Fact]
    public async Task Run_WithCombiner_IsTheSame()
    {
        _stream.WriteWords(30_000);
        // Little memory: the combiner runs over spills, and again as they are merged.
        Assert.Equal(_stream.Shell($"cat in/* | {Words} | LC_ALL=C sort | {Sums} | LC_ALL=C sort"), await _stream.SortedAsync(new(Words, Sums, Sums), 2, 16 << 20));
    }

    [Fact]
    public async Task Run_PythonScriptsInFiles_IsThePipelines()
    {
        _stream.WriteWords(5_000);
        var map = _stream.Script("map.py", "#!/usr/bin/env python3\nimport sys\nfor line in sys.stdin:\n    for word in line.split():\n        print(word, len(word), sep='\\t')\n");
        var reduce = _stream.Script("reduce.py", "import sys, itertools\nrows = (line.rstrip('\\n').split('\\t') for line in sys.stdin)\nfor key, group in itertools.groupby(rows, lambda row: row[0]):\n    print(key, sum(int(v) for _, v in group), sep='\\t')\n");
        Assert.Equal(
            _stream.Shell("cat in/* | python3 scripts/map.py | LC_ALL=C sort | python3 scripts/reduce.py | LC_ALL=C sort"),
            await _stream.SortedAsync(new("map.py", "python3 reduce.py", Files: $"{map}\n{reduce}")));
    }

    [Fact]
    public async Task Run_MapOnly_IsThePipelineInOrder()
    {
        _stream.WriteWords(30_000);
        await _stream.SortedAsync(new("tr a-z A-Z", "NONE"));
        Assert.Equal(_stream.Shell("cat in/* | tr a-z A-Z"), _stream.Shell("cat out-1/part-m-*"));
    }

    [Fact]
    public async Task Run_LinesWithAndWithoutTab_ArriveAsTheyWereWritten()
    {
        _stream.Write("a", "b\nb\t\n\tv\n\n\t\na b\t1\t2\nb\tx\r\n");
        Assert.Equal(_stream.Shell("cat in/* | LC_ALL=C sort"), await _stream.SortedAsync(new("cat", "cat")));
    }

    [Fact]
    public async Task Run_Keys_AscendByBytesAndKeepTheOrderOfTheInput()
    {
        _stream.Write("a", "é\t1\nz\t1\nZ\t1\né\t0\nz\t2\nz\t1\n");
        await _stream.SortedAsync(new("cat", "cat"), reducers: 1);
        Assert.Equal(_stream.Shell("cat in/* | LC_ALL=C sort -s -t '\t' -k1,1"), _stream.Shell("cat out-1/part-*"));
    }

    [Fact]
    public async Task Run_BinaryBytes_PassUnchanged()
    {
        var bytes = new byte[300_000];
        new Random(3).NextBytes(bytes);
        File.WriteAllBytes(Path.Combine(_stream.Input, "binary"), [.. bytes, (byte)'\n']);
        Assert.Equal(_stream.Shell("cat in/* | LC_ALL=C sort"), await _stream.SortedAsync(new("cat", "cat")));
    }

    [Theory]
    [InlineData("no final newline\nlast")]
    [InlineData("crlf\r\nlone\rcr\r\n")]
    [InlineData("\n\n\n")]
    [InlineData("x")]
    [InlineData("\uFEFFbom\n")]
    public async Task Run_EdgeInput_IsThePipelines(string content)
    {
        _stream.Write("edge", content);
        Assert.Equal(_stream.Shell("cat in/edge | cat | LC_ALL=C sort"), await _stream.SortedAsync(new("cat", "cat")));
    }

    [Fact]
    public async Task Run_LineOf200Megabytes_PassesWhole()
    {
        _stream.Shell("(head -c 200000000 /dev/zero | tr '\\0' x; echo; echo short) > in/long".Replace("in/", $"{_stream.Input}/", StringComparison.Ordinal));
        Assert.Equal(_stream.Shell("cat in/long | LC_ALL=C sort | md5sum"), (await _stream.SumAsync(new("cat", "cat"))));
    }

    [Fact]
    public async Task Run_GzippedInput_IsUnpacked()
    {
        _stream.WriteWords(2_000);
        var expected = _stream.Shell("cat in/* | LC_ALL=C sort");
        _stream.Shell("gzip in/words");
        Assert.Equal(expected, await _stream.SortedAsync(new("cat", "cat")));
    }

    [Fact]
    public async Task Run_EachFile_IsReadByAProcessThatKnowsItsName()
    {
        for (var i = 0; i < 20; i++) _stream.Write($"file-{i:D2}", $"{i}\nnot ended");
        Assert.Equal(
            _stream.Shell("for f in in/*; do echo \"$(realpath $f) $(wc -l < $f)\"; done"),
            await _stream.SortedAsync(new("""sh -c 'echo "$mapreduce_map_input_file $(wc -l)"'""")));
    }

    [Fact]
    public async Task Run_EmptyPartition_StillRunsTheReducer()
    {
        _stream.Write("one", "k\n");
        Assert.Equal("0\n0\n0\n1\n", await _stream.SortedAsync(new("cat", "wc -l"), reducers: 4));
    }

    [Fact]
    public async Task Run_ProgramThatWritesMoreThanItReads_DoesNotStall()
    {
        _stream.WriteWords(2_000);
        const string Blow = """awk '{ for (i = 0; i < 300; i++) print $0 " " i; for (i = 0; i < 50; i++) print "noise" > "/dev/stderr" }'""";
        Assert.Equal(_stream.Shell($"cat in/* | {Blow} 2>/dev/null | LC_ALL=C sort | md5sum"), await _stream.SumAsync(new(Blow, "cat")));
    }

    [Fact]
    public async Task Run_ProgramThatReadsAllBeforeItWrites_DoesNotStall()
    {
        _stream.WriteWords(30_000);
        Assert.Equal(_stream.Shell("cat in/* | LC_ALL=C sort"), await _stream.SortedAsync(new("sort", "tac")));
    }
}
