using System.Collections;

namespace MapReduce.Merge;

/// <summary>The values of one key for a lambda: a sequence that comes from a merge, so it can be gone through once.</summary>
internal sealed class OnePass<T>(ValueSource<T> source) : IEnumerable<T>, IEnumerator<T>
{
    private bool _isTaken, _isAtEnd;

    public T Current => source.Current;

    object? IEnumerator.Current => Current;

    /// <summary>For the next key: the one object serves the whole task.</summary>
    public OnePass<T> Rewind()
    {
        _isTaken = _isAtEnd = false;
        return this;
    }

    /// <exception cref="InvalidOperationException">The values were gone through before.</exception>
    public IEnumerator<T> GetEnumerator()
    {
        if (_isTaken) throw ValueSource<T>.OnlyOnce();
        _isTaken = true;
        return this;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // LINQ may ask again after the end.
    public bool MoveNext() => !_isAtEnd && !(_isAtEnd = !source.MoveNext());

    void IEnumerator.Reset() => throw new NotSupportedException("The values of a key can be gone through once.");

    void IDisposable.Dispose() { }
}
