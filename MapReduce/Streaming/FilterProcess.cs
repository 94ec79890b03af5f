using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.ExceptionServices;

namespace MapReduce.Streaming;

/// <summary>Takes whole lines that a program wrote: each ends with LF, but perhaps the last. Valid during the call.</summary>
internal delegate void TakeLines(ReadOnlySpan<byte> lines);

/// <summary>
/// A program at work between two ends of the engine: bytes are written to its standard input while its output is taken by a second thread and its
/// standard error by a third, so that none of the three pipes can stop the others for ever.
/// </summary>
/// <remarks>
/// The engine is made for one thread: whoever uses it holds the turn. The thread that started the program holds it except while it waits for the
/// program, and then the others take it.
/// </remarks>
internal sealed class FilterProcess : IDisposable
{
    // The sort behind what takes the lines recurses by common beginnings of keys, as on the attempt's own thread.
    private const int StackSize = 16 << 20;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _turn = new();
    private readonly StreamCommand _command;
    private readonly TaskContext _task;
    private readonly Process _process;
    private readonly PipeStream _input;
    private readonly Reader _output, _error;
    private readonly StandardError _said;
    private readonly CancellationTokenRegistration _cancelling;
    private volatile ExceptionDispatchInfo? _failure;
    private bool _closedEarly, _isOver;

    /// <summary>Starts a program; the calling thread is the one that writes to it.</summary>
    /// <exception cref="ProcessFailedException">The program cannot be started.</exception>
    public FilterProcess(StreamCommand command, ProcessStartInfo start, TaskContext task, TakeLines take)
    {
        (_command, _task) = (command, task);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception refused)
        {
            throw new ProcessFailedException($"'{command.Text}' cannot be started: {refused.Message}.");
        }

        _input = Pipe(_process.StandardInput.BaseStream);
        ProcessGroup.DoNotBlock(_input.SafePipeHandle);
        PipeStream output = Pipe(_process.StandardOutput.BaseStream), error = Pipe(_process.StandardError.BaseStream);
        var lines = new LineCutter(output, Array.MaxLength);
        _said = new StandardError(error, task);
        _turn.Enter();
        _output = new Reader("output", output, () => lines.Bytes, () => TakeAll(lines, take));
        _error = new Reader("standard error", error, () => _said.Lines.Bytes, () => TakeAll(_said.Lines, _said.Take));
        _cancelling = task.Cancelled.UnsafeRegister(static process => ((FilterProcess)process!).Kill(), this);
    }

    /// <summary>Gives the program bytes to read; what it no longer wants to read is dropped.</summary>
    /// <exception cref="ProcessFailedException">It has failed already.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _turn.Exit();
        try
        {
            // What it does not read it does not want: how it ends tells whether that is well. What it has left behind may hold its end of the pipe for ever.
            _closedEarly = _closedEarly || !ProcessGroup.TryWrite(_input.SafePipeHandle, bytes, () => _process.HasExited || _task.Cancelled.IsCancellationRequested);
        }
        finally
        {
            _turn.Enter();
        }

        // Found here, the failure of a program is told before all of the input was read for nothing.
        if (_failure is not null || (_closedEarly && _process.HasExited)) End();
    }

    /// <summary>Ends the program's input, waits until the program has ended and all that it wrote was taken.</summary>
    /// <exception cref="ProcessFailedException">It failed: by its exit code, a signal, or because it left something running that may still write.</exception>
    public void Finish()
    {
        End();
        if (_closedEarly) _task.Count("STREAM_INPUT_NOT_READ_TO_END");
        Dispose();
    }

    /// <summary>Kills the program and all that it started, if anything is left. To be called by the thread that started it.</summary>
    public void Dispose()
    {
        if (_isOver) return;
        _isOver = true;
        _turn.Exit();
        _cancelling.Dispose();
        Kill();
        // What left the group before it was killed may hold the pipes for ever: then their threads end with the process.
        var isEnded = _output.Join(Patience) & _error.Join(Patience);
        Close();
        if (isEnded) _process.Dispose();
    }

    private static PipeStream Pipe(Stream stream)
    {
        var pipe = (PipeStream)stream;
        ProcessGroup.Widen(pipe.SafePipeHandle);
        return pipe;
    }

    private void TakeAll(LineCutter lines, TakeLines take)
    {
        try
        {
            for (var block = lines.Next(); !block.IsEmpty; block = lines.Next())
            {
                lock (_turn)
                {
                    if (_isOver || _failure is not null) return;
                    take(block);
                }
            }
        }
        catch (Exception error)
        {
            // The attempt's thread throws it, as soon as the program's death lets it go on.
            _failure ??= ExceptionDispatchInfo.Capture(error);
            Kill();
        }
    }

    // What it said last may still be on its way when it has exited.
    private void End()
    {
        _turn.Exit();
        string? unended;
        try
        {
            Close();
            _process.WaitForExit();
            unended = Drain(_output) ?? Drain(_error);
        }
        finally
        {
            _turn.Enter();
        }

        ThrowIfFailed();
        if (unended is not null) throw Failed($"has ended, but something that it started still holds its {unended}: wait for it (in a shell: wait) before the end");
    }

    // What is in a pipe when the program ends was written before; more than that, or silence without an end, is of somebody else.
    private static string? Drain(Reader reader)
    {
        var atEnd = reader.Bytes;
        while (!reader.Join(Glance))
            if (reader.IsSilent || reader.Bytes - atEnd > 2 * ProcessGroup.PipeSize) return reader.Name;
        return null;
    }

    private void ThrowIfFailed()
    {
        _failure?.Throw();
        _task.Cancelled.ThrowIfCancellationRequested();
        if (_process.ExitCode != 0) throw Failed(Ending(_process.ExitCode));
    }

    private ProcessFailedException Failed(string how)
    {
        var said = _said.Kept;
        return new($"'{_command.Text}' {how}.{(said.Length == 0 ? " It wrote nothing to its standard error." : $" Its standard error ends with:\n{said}")}");
    }

    // The runtime tells of a signal as shells do.
    private static string Ending(int code) => code > 128 ? $"was killed by signal {code - 128} (exit code {code})" : $"ended with exit code {code}";

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: ProcessGroup.Leader is null);
        }
        catch (InvalidOperationException)
        {
            // It has ended; what it started may not have.
        }

        if (ProcessGroup.Leader is not null) ProcessGroup.Kill(_process.Id);
    }

    private void Close()
    {
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            _closedEarly = true;
        }
    }

    /// <summary>A thread that reads one of the program's pipes to its end.</summary>
    private sealed class Reader
    {
        private readonly Thread _thread;
        private readonly PipeStream _pipe;
        private readonly Func<long> _bytes;

        public Reader(string name, PipeStream pipe, Func<long> bytes, Action read)
        {
            (Name, _pipe, _bytes) = (name, pipe, bytes);
            _thread = new Thread(() => read(), StackSize) { IsBackground = true, Name = $"stream {name}" };
            _thread.Start();
        }

        public string Name { get; }

        public long Bytes => _bytes();

        public bool IsSilent => ProcessGroup.IsSilent(_pipe.SafePipeHandle);

        public bool Join(TimeSpan wait) => _thread.Join(wait);
    }
}
