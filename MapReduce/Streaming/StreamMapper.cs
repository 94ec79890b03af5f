using System.Runtime.CompilerServices;
using MapReduce.Input;

namespace MapReduce.Streaming;

/// <summary>Maps by a program, started anew for each file so that its environment names the file that it reads. Blocks go to it as they are.</summary>
internal abstract class StreamMapper<TValue>(StreamProgram program) : IBlockMapper<ReadOnlySpan<byte>, TValue>, IDisposable
    where TValue : allows ref struct
{
    private TaskContext? _task;
    private FilterProcess? _process;
    private string _path = "";

    public void Setup(TaskContext task)
    {
        if (task.SkipsBadRecords)
            throw new InputException("A mapper that is a program reads ahead of what it writes, so that nobody can tell what of its output is of a bad record: leave SkipBadRecords out, and let the program pass over what is bad.");
        _task = task;
        // The last that is owned goes first: the program before the directory that it works in.
        program.Files.WorkingDirectory(task);
        task.Workspace.Own(this);
    }

    public void Map(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, TValue> output)
    {
        if (_process is not null && _task!.InputPath != _path)
        {
            _process.Finish();
            _process = null;
        }

        (_process ??= Start(output)).Write(lines);
    }

    // A program that was given nothing may have something to say all the same: a count of zero, for instance.
    public void Finish(Emitter<ReadOnlySpan<byte>, TValue> output)
    {
        (_process ??= Start(output)).Finish();
        EmitRest();
    }

    public void Dispose() => _process?.Dispose();

    /// <summary>Emits lines that the program wrote.</summary>
    protected abstract void Emit(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, TValue> output);

    /// <summary>Emits what was kept back, when no more lines come.</summary>
    protected virtual void EmitRest() { }

    private FilterProcess Start(Emitter<ReadOnlySpan<byte>, TValue> output)
    {
        _path = _task!.InputPath;
        return program.Start(_task, lines => Emit(lines, output));
    }

    /// <summary>The attempt, once it is set up.</summary>
    protected TaskContext Attempt => _task!;
}

/// <summary>Maps to lines of the output.</summary>
internal sealed class LineStreamMapper(StreamProgram program) : StreamMapper<NoValue>(program)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Emit(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, NoValue> output)
    {
        foreach (var line in new RawLines(lines)) output.Emit(line, default);
    }
}

/// <summary>Maps to keys and values. A value begins with its TAB, so that a line without one is told from a line with nothing after it.</summary>
internal sealed class KeyStreamMapper(StreamProgram program) : StreamMapper<ReadOnlySpan<byte>>(program)
{
    private Repeats? _repeats;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Emit(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output)
    {
        var repeats = _repeats ??= new Repeats(output, Attempt.Workspace.Counters);
        foreach (var line in new RawLines(lines))
        {
            var tab = line.IndexOf((byte)'\t');
            repeats.Add(line, tab < 0 ? line.Length : tab);
        }
    }

    protected override void EmitRest() => _repeats?.Finish();
}
