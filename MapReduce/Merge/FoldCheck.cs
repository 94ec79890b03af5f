using System.Reflection;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>Takes a key whose values do not fold alike in every grouping and order, and says how.</summary>
internal delegate void FoldFlaw(ReadOnlySpan<byte> encodedKey, string flaw);

/// <summary>Passes records on and tries a fold on the values of each key: whether grouping and order leave the result as it is. For tests of jobs.</summary>
internal sealed unsafe class FoldCheck<TValue, TValueCodec, TFold>(TFold fold, RecordStream sorted, FoldFlaw found) : RecordStream
    where TValue : unmanaged
    where TValueCodec : struct, ICodec<TValue>
    where TFold : struct, IFold<TValue>
{
    private const int MostValues = 64;

    // Sums of floating-point numbers differ in their last digits by order: no fold of them is without flaw to the bit.
    private const double Tolerance = 1e-9;

    private readonly List<TValue> _values = [];
    private byte[] _key = [];

    public override bool MoveNext()
    {
        var moved = sorted.MoveNext();
        if (!moved || !sorted.KeySpan.SequenceEqual(_key))
        {
            Check();
            _values.Clear();
            if (moved) _key = sorted.KeySpan.ToArray();
        }

        if (!moved) return false;
        if (_values.Count < MostValues) _values.Add(TValueCodec.Decode(sorted.ValueSpan));
        Key = sorted.Key;
        Value = sorted.Value;
        (KeyLength, ValueLength) = (sorted.KeyLength, sorted.ValueLength);
        return true;
    }

    public override void Dispose() => sorted.Dispose();

    // Fewer than three values are taken more than once: a job may be given such input, too.
    private void Check()
    {
        for (var i = 0; i < _values.Count; i++)
        {
            var (a, b, c) = (_values[i], _values[(i + 1) % _values.Count], _values[(i + 2) % _values.Count]);
            var (left, right) = (fold.Fold(fold.Fold(a, b), c), fold.Fold(a, fold.Fold(b, c)));
            if (!AreSame(left, right)) Tell($"is not associative: ({a}, {b}), {c} gives {left}, but {a}, ({b}, {c}) gives {right}");
            var (forth, back) = (fold.Fold(a, b), fold.Fold(b, a));
            if (!TFold.DependsOnOrder && !AreSame(forth, back)) Tell($"is not commutative: {a}, {b} gives {forth}, but {b}, {a} gives {back}");
        }
    }

    private void Tell(string flaw) => found(_key, flaw);

    private static bool AreSame(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => a.Equals(b) || Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b)),
        (float a, float b) => a.Equals(b) || Math.Abs(a - b) <= 1e-4 * Math.Max(Math.Abs(a), Math.Abs(b)),
        _ => Equals(left, right) || (left is not null && right is not null && FieldsOf(left.GetType()) is { Length: > 0 } fields
            && fields.All(field => AreSame(field.GetValue(left), field.GetValue(right)))),
    };

    // Of tuples and structs; a number has itself as a field.
    private static FieldInfo[] FieldsOf(Type type) => type.IsPrimitive || type.IsEnum ? [] : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
}
