namespace MapReduce;

/// <summary>Where a sequence, or the records of a format, push their items.</summary>
internal abstract class Sink<T>
{
    // By reference: small structs passed by value through a delegate or a virtual call stall on their copies.
    public abstract void Put(in T item);
}

internal sealed class ListSink<T>(List<T> items) : Sink<T>
{
    public override void Put(in T item) => items.Add(item);
}

internal sealed class SelectSink<T, TResult>(Func<T, TResult> selector, Sink<TResult> next) : Sink<T>
{
    public override void Put(in T item) => next.Put(selector(item));
}

internal sealed class WhereSink<T>(Func<T, bool> predicate, Sink<T> next) : Sink<T>
{
    public override void Put(in T item)
    {
        if (predicate(item)) next.Put(item);
    }
}

internal sealed class SelectManySink<T, TResult>(Func<T, IEnumerable<TResult>> selector, Sink<TResult> next) : Sink<T>
{
    public override void Put(in T item)
    {
        var items = selector(item);
        if (items is Sequence<TResult> sequence)
        {
            sequence.Push(next);
            return;
        }

        foreach (var each in items) next.Put(each);
    }
}

internal sealed class EmitSink<TKey, TValue>(Emitter<TKey, TValue> output) : Sink<(TKey Key, TValue Value)>
{
    public override void Put(in (TKey Key, TValue Value) item) => output.Emit(item.Key, item.Value);
}
