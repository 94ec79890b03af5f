using System.Linq.Expressions;

namespace MapReduce.Serialization;

/// <summary>
/// Records as tuples of their members, by code that is compiled once. A tuple has at most four items: of more members the fourth
/// item is the tuple of the others, whose bytes are the same as if there were no other tuple.
/// </summary>
internal readonly struct RecordMapping<T, TTuple> : IMapping<T, TTuple>
{
    private static readonly Func<T, TTuple> Take = RecordExpressions.Take<T, TTuple>();
    private static readonly Func<TTuple, T> Make = RecordExpressions.Make<TTuple, T>();

    public static TTuple To(T value)
    {
        if (!typeof(T).IsValueType && value?.GetType() != typeof(T)) ThrowOther(value);
        return Take(value);
    }

    public static T From(TTuple other) => Make(other);

    private static void ThrowOther(object? value)
    {
        if (value is null) throw Absent.Of(typeof(T));
        throw new ArgumentException(
            $"A {TypeName.Of(value.GetType())} cannot be encoded as a {TypeName.Of(typeof(T))}: what it has more would be lost. Use its own type as key or value.", nameof(value));
    }
}

/// <summary>Writes the code of a record's mapping.</summary>
internal static class RecordExpressions
{
    private const int MostItems = 4;
    private static readonly Type[] Tuples = [typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>)];

    /// <summary>The tuple of some types, nested to the right; of one type, that type.</summary>
    public static Type TupleOf(ReadOnlySpan<Type> types) => types.Length switch
    {
        1 => types[0],
        <= MostItems => Tuples[types.Length - 2].MakeGenericType(types.ToArray()),
        _ => Tuples[^1].MakeGenericType(types[0], types[1], types[2], TupleOf(types[3..])),
    };

    public static Func<T, TTuple> Take<T, TTuple>()
    {
        var record = Expression.Parameter(typeof(T));
        var members = Shape(typeof(T)).Members.Select(member => (Expression)Expression.MakeMemberAccess(record, member.Source)).ToArray();
        return Expression.Lambda<Func<T, TTuple>>(Pack(members), record).Compile();
    }

    public static Func<TTuple, T> Make<TTuple, T>()
    {
        var shape = Shape(typeof(T));
        var tuple = Expression.Parameter(typeof(TTuple));
        var items = Unpack(tuple, shape.Members.Count);
        var taken = shape.Constructor?.GetParameters().Length ?? 0;
        var create = shape.Constructor is null ? Expression.New(typeof(T)) : Expression.New(shape.Constructor, items.Take(taken));
        var set = shape.Members.Zip(items).Skip(taken).Select(pair => Expression.Bind(pair.First.Source, pair.Second));
        return Expression.Lambda<Func<TTuple, T>>(Expression.MemberInit(create, set), tuple).Compile();
    }

    private static RecordShape Shape(Type type) => RecordShape.Of(type).Shape!;

    private static Expression Pack(ReadOnlySpan<Expression> items)
    {
        if (items.Length == 1) return items[0];
        Expression[] packed = items.Length <= MostItems ? items.ToArray() : [items[0], items[1], items[2], Pack(items[3..])];
        var types = Array.ConvertAll(packed, item => item.Type);
        return Expression.New(TupleOf(types).GetConstructor(types)!, packed);
    }

    private static Expression[] Unpack(Expression tuple, int count)
    {
        if (count == 1) return [tuple];
        var direct = Enumerable.Range(1, Math.Min(count, MostItems)).Select(i => (Expression)Expression.Field(tuple, $"Item{i}")).ToArray();
        return count <= MostItems ? direct : [.. direct[..^1], .. Unpack(direct[^1], count - direct.Length + 1)];
    }
}
