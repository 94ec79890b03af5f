namespace MapReduce;

/// <summary>Reduces the values of each key. One instance for each attempt, used by one thread: it may keep state and buffers.</summary>
/// <typeparam name="TKey">Keys, as they were emitted.</typeparam>
/// <typeparam name="TValue">Values, as they were emitted or combined.</typeparam>
/// <typeparam name="TOutKey">Keys written.</typeparam>
/// <typeparam name="TOut">Values written.</typeparam>
public interface IReducer<TKey, TValue, TOutKey, TOut>
    where TKey : allows ref struct
    where TValue : allows ref struct
    where TOutKey : allows ref struct
    where TOut : allows ref struct
{
    /// <summary>Called once, before the first key.</summary>
    void Setup(TaskContext task) { }

    /// <summary>
    /// Called once for each key of the partition, keys ascending. The key is valid during the call, each value until the next
    /// is taken; the values can be gone through once.
    /// </summary>
    void Reduce(TKey key, ref Values<TValue> values, Writer<TOutKey, TOut> output);

    /// <summary>Called once, after the last key.</summary>
    void Finish(Writer<TOutKey, TOut> output) { }
}

/// <summary>Reduces one key to one value. The values can be gone through once; a second time throws.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
/// <typeparam name="TOut">The result.</typeparam>
/// <param name="key">The key, valid during the call.</param>
/// <param name="values">Its values.</param>
public delegate TOut ReduceKey<TKey, TValue, TOut>(TKey key, IEnumerable<TValue> values)
    where TKey : allows ref struct;

/// <summary>The values of one key, for <c>foreach</c>, once.</summary>
/// <typeparam name="T">The values.</typeparam>
public readonly ref struct Values<T>
    where T : allows ref struct
{
    private readonly ValueSource<T> _source;

    internal Values(ValueSource<T> source) => _source = source;

    internal ValueSource<T> Source => _source;

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public Values<T> GetEnumerator() => this;

    /// <summary>The value, valid until the next is taken.</summary>
    public T Current => _source.Current;

    /// <summary>Goes to the next value.</summary>
    /// <exception cref="InvalidOperationException">All values were gone through before.</exception>
    public bool MoveNext() => _source.MoveNext();
}

internal abstract class ValueSource<T>
    where T : allows ref struct
{
    public abstract T Current { get; }

    public abstract bool MoveNext();

    public static InvalidOperationException OnlyOnce() =>
        new("The values of a key can be gone through once: they are read from disk as they come. Take ToList() of them first if they fit in memory.");
}

/// <summary>Takes the records of a reducer. Belongs to one attempt; not safe for concurrent use.</summary>
/// <typeparam name="TKey">Keys written.</typeparam>
/// <typeparam name="TValue">Values written.</typeparam>
public abstract class Writer<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private protected Writer() { }

    /// <summary>Writes a record.</summary>
    public abstract void Write(TKey key, TValue value);
}

/// <summary>
/// Combines the values of one key into fewer before they travel. It may run never, once or many times on parts of the values: the
/// result of the job must be the same. The values can be gone through once.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
/// <param name="key">The key, valid during the call.</param>
/// <param name="values">Some of its values.</param>
public delegate IEnumerable<TValue> CombineKey<TKey, TValue>(TKey key, IEnumerable<TValue> values)
    where TKey : allows ref struct;
