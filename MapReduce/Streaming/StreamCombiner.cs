using MapReduce.Merge;
using MapReduce.Reduce;
using MapReduce.Spill;

namespace MapReduce.Streaming;

/// <summary>Combines by a program, which reads a partition of a run in order of its keys.</summary>
internal sealed unsafe class StreamCombiner(StreamProgram program, TaskContext task, Workspace workspace) : RunCombiner
{
    public override void Combine(RecordStream sorted, RunWriter output)
    {
        var next = sorted.MoveNext();
        // A partition without records has nothing to combine.
        if (!next) return;
        var combined = new Combined(output, workspace);
        using var process = program.Start(task, combined.Take);
        var feed = new RecordFeed(process);
        for (; next; next = sorted.MoveNext())
        {
            var value = sorted.ValueSpan;
            var count = Repeats.Take(ref value);
            feed.Write(sorted.KeySpan, value, count);
            workspace.Counters.CombineInputRecords += count;
        }

        feed.Flush();
        process.Finish();
    }

    /// <summary>Writes what the program wrote, which must be in order, or it could not be merged.</summary>
    private sealed class Combined(RunWriter output, Workspace workspace)
    {
        private byte[] _last = [];
        private int _lastLength;

        public void Take(ReadOnlySpan<byte> lines)
        {
            foreach (var line in new RawLines(lines))
            {
                var tab = line.IndexOf((byte)'\t');
                var key = tab < 0 ? line : line[..tab];
                CheckOrder(key);
                fixed (byte* start = line) output.Append(start, key.Length, start + key.Length, line.Length - key.Length);
                workspace.Counters.CombineOutputRecords++;
            }
        }

        private void CheckOrder(ReadOnlySpan<byte> key)
        {
            var last = _last.AsSpan(0, _lastLength);
            var order = key.SequenceCompareTo(last);
            if (order == 0) return;
            if (order < 0)
                throw new ProcessFailedException($"The combiner wrote the key {KeyText.Of(key)} after {KeyText.Of(last)}: it must write its keys in the order in which it reads them.");
            if (_last.Length < key.Length) _last = new byte[Math.Max(key.Length, _last.Length * 2)];
            key.CopyTo(_last);
            _lastLength = key.Length;
        }
    }
}

/// <summary>Makes the combiner of an attempt.</summary>
internal sealed class StreamCombinerBinding(StreamProgram program) : CombinerBinding<ReadOnlySpan<byte>, ReadOnlySpan<byte>>
{
    public override RunCombiner Create<TKeyCodec, TValueCodec>(TaskContext task, Workspace workspace) => new StreamCombiner(program, task, workspace);
}
