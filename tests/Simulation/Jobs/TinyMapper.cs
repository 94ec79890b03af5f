using MapReduce;

namespace Simulation.Jobs;

/// <summary>A mapper that counts its lines, and to which faults may happen.</summary>
internal abstract class TinyMapper<TKey, TValue>(AttemptCode code) : IMapper<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public const string Lines = "tiny.lines";

    protected AttemptCode Code => code;

    protected TaskContext Task { get; private set; } = null!;

    public void Setup(TaskContext task) => Task = task;

    public void Map(ReadOnlySpan<byte> line, Emitter<TKey, TValue> output)
    {
        code.Record();
        Task.Count(Lines);
        MapLine(line, output);
    }

    public virtual void Finish(Emitter<TKey, TValue> output) => code.Finish();

    protected abstract void MapLine(ReadOnlySpan<byte> line, Emitter<TKey, TValue> output);
}

/// <summary>A reducer that counts its keys, and to which faults may happen.</summary>
internal abstract class TinyReducer<TKey, TValue, TOut>(AttemptCode code) : IReducer<TKey, TValue, TKey, TOut>
    where TKey : allows ref struct
    where TValue : allows ref struct
    where TOut : allows ref struct
{
    public const string Keys = "tiny.keys";

    protected AttemptCode Code => code;

    protected TaskContext Task { get; private set; } = null!;

    public void Setup(TaskContext task) => Task = task;

    public void Reduce(TKey key, ref Values<TValue> values, Writer<TKey, TOut> output)
    {
        code.Record();
        Task.Count(Keys);
        ReduceKey(key, ref values, output);
    }

    public void Finish(Writer<TKey, TOut> output) => code.Finish();

    protected abstract void ReduceKey(TKey key, ref Values<TValue> values, Writer<TKey, TOut> output);
}
