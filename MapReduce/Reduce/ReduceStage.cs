using MapReduce.Map;
using MapReduce.Merge;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Reduce;

/// <summary>What a reduce task does with its sorted records.</summary>
internal abstract class ReduceStage<TKey, TValue, TOutKey, TOut>
    where TKey : allows ref struct
    where TValue : allows ref struct
    where TOutKey : allows ref struct
    where TOut : allows ref struct
{
    public abstract void Run<TKeyCodec, TValueCodec>(RecordStream sorted, Writer<TOutKey, TOut> output, TaskContext task, Workspace workspace)
        where TKeyCodec : struct, ICodec<TKey>
        where TValueCodec : struct, ICodec<TValue>;
}

/// <summary>Gives each key and its values to a reducer.</summary>
internal sealed class GroupStage<TKey, TValue, TOutKey, TOut>(Func<IReducer<TKey, TValue, TOutKey, TOut>> create) : ReduceStage<TKey, TValue, TOutKey, TOut>
    where TKey : allows ref struct
    where TValue : allows ref struct
    where TOutKey : allows ref struct
    where TOut : allows ref struct
{
    public override void Run<TKeyCodec, TValueCodec>(RecordStream sorted, Writer<TOutKey, TOut> output, TaskContext task, Workspace workspace)
    {
        var reducer = UserCode.Call(create, "The reducer's constructor", workspace);
        UserCode.Call(() => reducer.Setup(task), "The reducer's setup", workspace);
        var groups = new GroupReader<TKey, TKeyCodec, TValue, TValueCodec>(sorted);
        try
        {
            while (groups.MoveToNextKey())
            {
                var values = new Values<TValue>(groups);
                reducer.Reduce(groups.Key, ref values, output);
            }
        }
        catch (Exception error) when (UserCode.IsFault(error, workspace))
        {
            throw new UserCodeException($"The reducer failed on key {KeyText.Of<TKey, TKeyCodec>(groups.EncodedKey)}: {UserCode.Describe(error)}", error);
        }

        workspace.Counters.ReduceInputGroups += groups.Groups;
        UserCode.Call(() => reducer.Finish(output), "The reducer's finish", workspace);
    }
}

/// <summary>Writes all records as they come: a sort needs no groups.</summary>
internal sealed class IdentityStage<TKey, TValue> : ReduceStage<TKey, TValue, TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public override void Run<TKeyCodec, TValueCodec>(RecordStream sorted, Writer<TKey, TValue> output, TaskContext task, Workspace workspace)
    {
        while (sorted.MoveNext()) output.Write(TKeyCodec.Decode(sorted.KeySpan), TValueCodec.Decode(sorted.ValueSpan));
    }
}

/// <summary>Reduces by a lambda: one result for each key.</summary>
internal sealed class LambdaReducer<TKey, TValue, TOut>(ReduceKey<TKey, TValue, TOut> reduce) : IReducer<TKey, TValue, TKey, TOut>
    where TKey : allows ref struct
{
    private OnePass<TValue>? _values;

    public void Reduce(TKey key, ref Values<TValue> values, Writer<TKey, TOut> output)
    {
        _values ??= new OnePass<TValue>(values.Source);
        output.Write(key, reduce(key, _values.Rewind()));
    }
}
