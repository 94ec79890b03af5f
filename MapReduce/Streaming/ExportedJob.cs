using MapReduce.Counters;
using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Memory;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Streaming;

/// <summary>
/// A job as two filters of lines, for another system to run: <c>mapper | LC_ALL=C sort | reducer</c>. Between the two, the text of a key sorts as the key
/// does, so that a system that sorts and partitions by the bytes before the first TAB, as Hadoop Streaming does, gives the job's own answer.
/// </summary>
public sealed class ExportedJob
{
    private readonly StepPlan _step;

    /// <summary>Exports a job.</summary>
    /// <param name="plan">Its plan.</param>
    /// <exception cref="NotSupportedException">The job needs more than one sort of lines; says what.</exception>
    public ExportedJob(JobPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Steps.Count > 1) throw new NotSupportedException($"it has {plan.Steps.Count} steps, and each would be a job of its own there.");
        _step = plan.Steps[0];
        if (_step.Shape.IsSampled) throw new NotSupportedException("its output is in order over all parts, for which a sample of the input must be taken first.");
        if (_step.PartitionsItsOwnWay) throw new NotSupportedException("it sorts the values of a key, or partitions in a way of its own, where only whole keys are sorted and partitioned.");
        if (_step.Inputs is not [{ IsSplittable: true, IsText: true, Name: null }]) throw new NotSupportedException("it reads something other than the lines of one input.");
    }

    /// <summary>False when the mapper writes the output itself.</summary>
    public bool HasReduce => _step.Shape.HasReduce;

    /// <summary>Maps lines. The mapper's output is combined as far as one task can.</summary>
    /// <param name="input">The lines.</param>
    /// <param name="path">The file that they are of, for a job that asks.</param>
    /// <param name="output">Takes lines for the sort, or of the output in a job without a reduce.</param>
    /// <param name="scratch">An existing folder for temporary files.</param>
    /// <returns>The job's own counters.</returns>
    /// <exception cref="InvalidDataException">The job's code fails on a line.</exception>
    /// <exception cref="NotSupportedException">The job writes files beside its part.</exception>
    public CounterSet Map(Stream input, string path, Stream output, string scratch) => Run(TaskKind.Map, output, scratch, task =>
    {
        task.InputName = path;
        var split = new InputSplit([Spool(input, Path.Combine(scratch, "input"))]);
        if (!HasReduce)
        {
            _step.MapToOutput(split, task, task.Workspace);
            return;
        }

        var run = _step.Map(split, new HashPartitioner(1), Path.Combine(scratch, "output"), task, task.Workspace);
        if (run.Find(0) is not { } segment) return;
        using var records = task.Workspace.Read(run.Path, segment.Offset, segment.Length, segment.Records);
        CodedLines.Write(records, output);
    });

    /// <summary>Reduces the mappers' lines, or those of one partition by key, in order of their bytes.</summary>
    /// <param name="input">The lines.</param>
    /// <param name="output">Takes the lines of the output.</param>
    /// <param name="scratch">An existing folder for temporary files.</param>
    /// <returns>The job's own counters.</returns>
    /// <exception cref="InvalidDataException">A line is none of the mapper's, or out of order, or the job's code fails on it.</exception>
    /// <exception cref="NotSupportedException">The job writes files beside its part.</exception>
    public CounterSet Reduce(Stream input, Stream output, string scratch) => Run(TaskKind.Reduce, output, scratch, task =>
    {
        RunFile run;
        using (var writer = new RunWriter(task.Workspace, Path.Combine(scratch, "sorted")))
        {
            CodedLines.Read(input, writer);
            run = writer.Complete();
        }

        _step.Reduce([.. run.Segments.Select(segment => new Segment(
            new MapOutputLocation(0, "exported", "exported"), run.Path, segment.Offset, segment.Length, segment.Records, segment.IsSorted))], task, task.Workspace);
    });

    private static CounterSet Run(TaskKind kind, Stream output, string scratch, Action<TaskContext> work)
    {
        var spec = new JobSpec { Job = "exported", Inputs = [], Output = scratch, Steps = [] };
        var lease = new TaskLease { JobId = "exported", Task = new TaskId(0, kind, 0), Token = "1.exported", Attempt = 1, Duration = spec.Lease, Spec = spec, Reducers = 1 };
        using var pool = new MemoryPool();
        using var workspace = new Workspace(PhysicalFileSystem.Instance, scratch, spec.MemoryPerSlot, pool, new AttemptCounters(), new AttemptProgress(), CancellationToken.None);
        var counters = new CounterSet();
        var files = new AttemptFiles(name => new OutputStream(name, output), lease.Task, isOnlyStep: true, workspace);
        workspace.Own(files);
        try
        {
            work(new TaskContext(lease, workspace, counters, files));
        }
        catch (Exception failed) when (failed is UserCodeException or InputException)
        {
            throw new InvalidDataException(failed.Message, failed);
        }

        workspace.Fault.Rethrow();
        files.Complete();
        return counters;
    }

    // The engine reads files.
    private static FileRange Spool(Stream input, string path)
    {
        using (var file = File.Create(path)) input.CopyTo(file);
        var entry = PhysicalFileSystem.Instance.Find(path)!;
        return new FileRange(path, 0, entry.Length, entry.Length, entry.ModifiedTicks);
    }

    /// <summary>The task's part, which goes to a stream.</summary>
    private sealed class OutputStream : IFileWriter
    {
        private readonly Stream _output;

        public OutputStream(string name, Stream output)
        {
            if (!name.StartsWith("part-", StringComparison.Ordinal))
                throw new NotSupportedException($"The job writes '{name}' beside its part: as a filter of lines it has one output only.");
            _output = output;
        }

        public long Length { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            _output.Write(bytes);
            Length += bytes.Length;
        }

        public void Sync() { }

        public void Dispose() { }
    }
}
