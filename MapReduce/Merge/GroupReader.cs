using System.Runtime.CompilerServices;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>
/// Goes through sorted records key by key, and through the values of each key once. It is itself the source of the current
/// key's values.
/// </summary>
internal sealed class GroupReader<TKey, TKeyCodec, TValue, TValueCodec>(RecordStream sorted) : ValueSource<TValue>
    where TKey : allows ref struct
    where TKeyCodec : struct, ICodec<TKey>
    where TValue : allows ref struct
    where TValueCodec : struct, ICodec<TValue>
{
    private byte[] _key = new byte[256];
    private int _keyLength;
    private State _state = State.BeforeRecord;

    private enum State
    {
        /// <summary>The next record must be read to know the next key.</summary>
        BeforeRecord,

        /// <summary>The stream stands on the first record of the next key.</summary>
        OnNextKey,

        /// <summary>The stream stands on the first record of the current key, whose value was not asked for.</summary>
        BeforeFirstValue,

        /// <summary>The stream stands on a record of the current key.</summary>
        OnValue,

        /// <summary>There are no more records.</summary>
        Ended,
    }

    /// <summary>Records read so far.</summary>
    public long Records { get; private set; }

    /// <summary>Keys read so far.</summary>
    public long Groups { get; private set; }

    /// <summary>The current key, valid until the next.</summary>
    public TKey Key
    {
        get
        {
            if (typeof(TKey) != typeof(Utf8Text)) return TKeyCodec.Decode(EncodedKey);
            // A text refers to a managed buffer: here it can be this one, without a copy.
            var text = new Utf8Text(_key, 0, _keyLength);
            return Unsafe.As<Utf8Text, TKey>(ref text);
        }
    }

    /// <summary>The current key's bytes, in a copy: the records move on as the values are read.</summary>
    public ReadOnlySpan<byte> EncodedKey => _key.AsSpan(0, _keyLength);

    public override TValue Current => TValueCodec.Decode(sorted.ValueSpan);

    /// <summary>Goes to the next key, past the values of this one that were not read.</summary>
    public bool MoveToNextKey()
    {
        while (_state is State.BeforeFirstValue or State.OnValue) MoveNext();
        if (_state == State.BeforeRecord && !Read()) _state = State.Ended;
        if (_state == State.Ended) return false;
        _keyLength = sorted.KeyLength;
        if (_key.Length < _keyLength) _key = new byte[Math.Max(_keyLength, _key.Length * 2)];
        sorted.KeySpan.CopyTo(_key);
        _state = State.BeforeFirstValue;
        Groups++;
        return true;
    }

    /// <summary>Goes to the next value of the current key.</summary>
    /// <exception cref="InvalidOperationException">The last value was taken before.</exception>
    public override bool MoveNext()
    {
        switch (_state)
        {
            case State.BeforeFirstValue:
                _state = State.OnValue;
                return true;
            case State.OnValue when !Read():
                _state = State.Ended;
                return false;
            case State.OnValue when sorted.KeySpan.SequenceEqual(EncodedKey):
                return true;
            case State.OnValue:
                _state = State.OnNextKey;
                return false;
            default:
                // A second loop over the values would find none, and the result be wrong without an error.
                throw OnlyOnce();
        }
    }

    private bool Read()
    {
        if (!sorted.MoveNext()) return false;
        Records++;
        return true;
    }
}
