using MapReduce.Map;
using MapReduce.Spill;

namespace MapReduce.Reduce;

/// <summary>Reduces values that were not combined, and tries the combiner on them. For tests of jobs.</summary>
internal sealed class CheckedStage<TKey, TValue, TOutKey, TOut>(
    FoldBinding<TKey, TValue> fold, ReduceStage<TKey, TValue, TOutKey, TOut> reduce, Action<string> found) : ReduceStage<TKey, TValue, TOutKey, TOut>
    where TKey : allows ref struct
    where TValue : allows ref struct
    where TOutKey : allows ref struct
    where TOut : allows ref struct
{
    public override void Run<TKeyCodec, TValueCodec>(RecordStream sorted, Writer<TOutKey, TOut> output, TaskContext task, Workspace workspace) =>
        reduce.Run<TKeyCodec, TValueCodec>(
            fold.Check<TValueCodec>(sorted, (key, flaw) => found($"on the values of key {KeyText.Of<TKey, TKeyCodec>(key)} the combiner {flaw}")), output, task, workspace);
}
