using MapReduce;

namespace Simulation.Jobs;

/// <summary>Gives each word of a line with a one.</summary>
internal sealed class WordArrayMapper(AttemptCode code) : TinyMapper<byte[], long>(code)
{
    protected override void MapLine(ReadOnlySpan<byte> line, Emitter<byte[], long> output)
    {
        foreach (var word in new Utf8Words(line)) output.Emit(word.ToArray(), 1);
    }
}

/// <summary>Adds.</summary>
internal sealed class SumArrayReducer(AttemptCode code) : TinyReducer<byte[], long, long>(code)
{
    protected override void ReduceKey(byte[] key, ref Values<long> values, Writer<byte[], long> output)
    {
        var sum = 0L;
        foreach (var value in values) sum += value;
        output.Write(key, sum);
    }
}

/// <summary>Gives each record of the step before with the first bytes of its key only, and counts it.</summary>
internal sealed class HeadMapper(AttemptCode code, int length) : IRecordMapper<(byte[] Key, long Value), byte[], long>
{
    public const string Records = "tiny.records";

    private TaskContext? _task;

    public void Setup(TaskContext task) => _task = task;

    public void Map((byte[] Key, long Value) record, Emitter<byte[], long> output)
    {
        code.Record();
        _task!.Count(Records);
        output.Emit(record.Key[..Math.Min(length, record.Key.Length)], record.Value);
    }

    public void Finish(Emitter<byte[], long> output) => code.Finish();
}
