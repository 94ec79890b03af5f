namespace MapReduce.Streaming;

/// <summary>Reduces by a program, which reads all lines of the partition in order of their keys: where a key ends is for it to see.</summary>
internal sealed class StreamReducer(StreamProgram program) : IReducer<ReadOnlySpan<byte>, ReadOnlySpan<byte>, ReadOnlySpan<byte>, NoValue>, IDisposable
{
    private TaskContext? _task;
    private FilterProcess? _process;
    private RecordFeed? _feed;

    public void Setup(TaskContext task)
    {
        _task = task;
        // The last that is owned goes first: the program before the directory that it works in.
        program.Files.WorkingDirectory(task);
        task.Workspace.Own(this);
    }

    public void Reduce(ReadOnlySpan<byte> key, ref Values<ReadOnlySpan<byte>> values, Writer<ReadOnlySpan<byte>, NoValue> output)
    {
        var feed = _feed ?? Start(output);
        foreach (var written in values)
        {
            var value = written;
            var count = Repeats.Take(ref value);
            feed.Write(key, value, count);
            _task!.Workspace.Counters.ReduceInputRecords += count - 1;
        }
    }

    public void Finish(Writer<ReadOnlySpan<byte>, NoValue> output)
    {
        (_feed ?? Start(output)).Flush();
        _process!.Finish();
    }

    public void Dispose() => _process?.Dispose();

    private RecordFeed Start(Writer<ReadOnlySpan<byte>, NoValue> output)
    {
        _process = program.Start(_task!, lines =>
        {
            foreach (var line in new RawLines(lines)) output.Write(line, default);
        });
        return _feed = new RecordFeed(_process);
    }
}
