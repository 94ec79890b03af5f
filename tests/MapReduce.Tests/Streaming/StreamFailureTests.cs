using System.Globalization;
using MapReduce.Protocol;
using MapReduce.Streaming;

namespace MapReduce.Tests.Streaming;

public sealed class StreamFailureTests : IDisposable
{
    private readonly StreamFixture _stream = new();

    public StreamFailureTests() => _stream.WriteWords(20_000);

    public void Dispose() => _stream.Dispose();

    [Theory]
    [InlineData("sh -c 'cat > /dev/null; echo so it goes >&2; exit 3'", "cat", "ended with exit code 3", "so it goes")]
    [InlineData("sh -c 'echo at once >&2; exit 4'", "cat", "ended with exit code 4", "at once")]
    [InlineData("cat", "sh -c 'cat > /dev/null; echo in reduce >&2; exit 5'", "ended with exit code 5", "in reduce")]
    [InlineData("sh -c 'cat > /dev/null; kill -SEGV $$'", "cat", "killed by signal 11", "nothing to its standard error")]
    [InlineData("sh -c 'read line; kill -KILL $$'", "cat", "killed by signal 9", "The mapper")]
    [InlineData("no-such-program -x", "cat", "no program 'no-such-program'", "--file")]
    [InlineData("sh -c 'cat; (sleep 5; echo late) & exit 0'", "cat", "still holds its output", "wait for it")]
    [InlineData("sh -c 'cat; yes & exit 0'", "cat", "still holds its output", "wait for it")]
    [InlineData("sh -c 'cat; sleep 1000 > /dev/null & exit 0'", "cat", "still holds its standard error", "wait for it")]
    [InlineData("bash -c '(while :; do : > f$RANDOM; done) & cat > /dev/null; echo busy >&2; exit 3'", "cat", "ended with exit code 3", "busy")]
    [InlineData("sh -c 'cat; echo reporter:counter:a,b,many >&2'", "cat", "reporter:counter:a,b,many", "whole number")]
    public async Task Run_ProgramFails_FailsTheJobAndSaysHow(string mapper, string reducer, string how, string more)
    {
        var error = await _stream.ErrorAsync(new(mapper, reducer));
        Assert.Contains(how, error, StringComparison.Ordinal);
        Assert.Contains(more, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CombinerOutOfOrder_FailsTheJob() =>
        Assert.Contains("it must write its keys in the order", await _stream.ErrorAsync(new("cat", "cat", "tac")), StringComparison.Ordinal);

    [Fact]
    public async Task Run_CombinerFails_FailsTheJob() =>
        Assert.Contains("ended with exit code 7", await _stream.ErrorAsync(new("cat", "cat", "sh -c 'cat >/dev/null; exit 7'")), StringComparison.Ordinal);

    [Fact]
    public async Task Run_LongStandardError_KeepsItsEnd()
    {
        var error = await _stream.ErrorAsync(new("sh -c 'cat > /dev/null; seq 100000 >&2; echo the end >&2; exit 1'", "cat"));
        Assert.Contains("\n99999\n100000\nthe end", error, StringComparison.Ordinal);
        Assert.InRange(error.Length, 3_000, 5_000);
    }

    [Fact]
    public async Task Run_BadRecordsAreToBeSkipped_IsRefusedAtOnce()
    {
        // A program that fails at a line has read lines behind it: to leave out that one would lose what it made of the others.
        var status = await _stream.RunAsync(new("cat", "NONE"), maxAttempts: 4, skipBadRecords: 1);
        Assert.Equal(JobState.Failed, status.State);
        Assert.Contains("leave SkipBadRecords out", status.Error, StringComparison.Ordinal);
        // One for each worker at most.
        Assert.InRange(status.Attempts.Failed, 1, 2);
    }

    [Fact]
    public async Task Run_FirstAttemptFails_SecondSucceeds()
    {
        var flag = Path.Combine(_stream.Root, "flag");
        var status = await _stream.RunAsync(new($"sh -c 'cat; mkdir {flag} 2> /dev/null && exit 1; exit 0'", "cat"), maxAttempts: 2);
        Assert.Equal((JobState.Succeeded, 1), (status.State, status.Attempts.Failed));
    }

    [Fact]
    public async Task Run_ReadsOnlyTheBeginning_SucceedsAndCountsIt()
    {
        WriteMoreThanAPipeHolds();
        var status = await _stream.RunAsync(new("head -n 3", "NONE"));
        Assert.Equal((JobState.Succeeded, 1), (status.State, status.Counters["STREAM_INPUT_NOT_READ_TO_END"]));
        Assert.Equal(_stream.Shell("zcat in/* | head -n 3"), _stream.Shell("cat out-1/part-*"));
    }

    [Theory]
    [InlineData("sleep 1000")]
    [InlineData("sh -c 'cat > /dev/null; sleep 1000'")]
    [InlineData("sh -c 'read line; setsid sleep 20 <&0 & wait'")]
    public async Task Run_ProgramNeitherReadsNorWrites_FailsByTheTaskTimeout(string mapper)
    {
        WriteMoreThanAPipeHolds();
        _stream.TaskTimeout = TimeSpan.FromSeconds(1);
        Assert.Contains("made no progress for 00:00:01", await _stream.ErrorAsync(new(mapper, "NONE")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EndedButWhatItLeftHoldsItsInput_DoesNotWaitForThat()
    {
        WriteMoreThanAPipeHolds();
        _stream.TaskTimeout = TimeSpan.FromSeconds(5);
        var pid = Path.Combine(_stream.Root, "pid");
        var status = await _stream.RunAsync(new($"sh -c 'exec 3<&0; setsid sleep 1000 <&3 > /dev/null 2>&1 & echo $! > {pid}; echo done'", "NONE"));
        _stream.Shell($"kill $(cat {pid})");
        Assert.Equal((JobState.Succeeded, null, 1), (status.State, status.Error, status.Counters["STREAM_INPUT_NOT_READ_TO_END"]));
        Assert.Equal("done\n", _stream.Shell("cat out-1/part-*"));
    }

    [Fact]
    public async Task Run_Reporter_CountsAndIsNotPartOfAnError()
    {
        var status = await _stream.RunAsync(new("sh -c 'cat; echo reporter:counter:words,seen,3 >&2; echo reporter:status:fine >&2; echo reporter:counter:words,seen,4 >&2'", "NONE"));
        var maps = long.Parse(_stream.Shell("ls out-1 | grep -c part"), CultureInfo.InvariantCulture);
        Assert.Equal(7 * maps, status.Counters["words.seen"]);
    }

    [Fact]
    public async Task Run_Cancelled_KillsAllThatTheProgramStarted()
    {
        using var cancel = new CancellationTokenSource();
        var pids = Path.Combine(_stream.Root, "pids");
        var run = _stream.RunAsync(new($"sh -c 'echo $$ >> {pids}; sleep 1000 & echo $! >> {pids}; wait'", "NONE"), cancellationToken: cancel.Token);
        while (!File.Exists(pids) || File.ReadAllLines(pids).Length < 2) await Task.Yield();
        cancel.Cancel();
        Assert.Equal(JobState.Cancelled, (await run).State);
        Assert.Equal("", _stream.Shell($"for p in $(cat {pids}); do grep -L '^State:.[ZX]' /proc/$p/status 2> /dev/null; done; true"));
    }

    [Fact]
    public async Task Run_FileGone_FailsTheJob() =>
        Assert.Contains("is not there", await _stream.ErrorAsync(new("cat", "cat", Files: _stream["nowhere.py"])), StringComparison.Ordinal);

    [Fact]
    public async Task Run_FileNotExecutable_SaysWhatToDo()
    {
        var script = _stream.Script("plain.py", "print(1)");
        _stream.Shell("chmod a-x scripts/plain.py");
        Assert.Contains("chmod +x", await _stream.ErrorAsync(new("./plain.py", "cat", Files: script)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Ended_LeavesNoWorkingDirectory()
    {
        await _stream.RunAsync(new("sh -c 'cat; touch left'", "cat"));
        Assert.Equal("out-1\nout-1/_SUCCESS\nout-1/part-r-00000\nout-1/part-r-00001\n", _stream.Shell("find out-* | LC_ALL=C sort"));
    }

    // One split.
    private void WriteMoreThanAPipeHolds()
    {
        _stream.WriteWords(200_000);
        _stream.Shell("gzip in/words");
    }
}
