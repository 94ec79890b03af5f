using System.Reflection;
using System.Runtime.CompilerServices;
using MapReduce.Serialization;

namespace MapReduce.Output;

/// <summary>Finds the formatter of a type, through the types that it is made of.</summary>
internal sealed class TextFormatterFinder
{
    private static readonly Dictionary<Type, Func<object>> Simple = new()
    {
        [typeof(ReadOnlySpan<byte>)] = () => new SpanFormatter(),
        [typeof(byte[])] = () => new BytesFormatter(),
        [typeof(Utf8Text)] = () => new Utf8TextFormatter(),
        [typeof(string)] = () => new StringFormatter(),
        [typeof(NoValue)] = () => new NoValueFormatter(),
    };

    private static readonly Dictionary<Type, Type> Composite = new()
    {
        [typeof(ValueTuple<,>)] = typeof(TupleFormatter<,>),
        [typeof(ValueTuple<,,>)] = typeof(TupleFormatter<,,>),
        [typeof(ValueTuple<,,,>)] = typeof(TupleFormatter<,,,>),
        [typeof(Nullable<>)] = typeof(NullableFormatter<>),
    };

    private readonly Stack<Type> _outer = [];

    private TextFormatterFinder() { }

    /// <exception cref="NotSupportedException">The type has no text form.</exception>
    public static object Of(Type type) => new TextFormatterFinder().Find(type);

    private object Find(Type type)
    {
        if (_outer.Contains(type)) throw new NotSupportedException($"A {TypeName.Of(type)} has no text form, since it contains itself: give it a ToString of its own.");
        _outer.Push(type);
        var formatter = Choose(type);
        _outer.Pop();
        return formatter;
    }

    private object Choose(Type type)
    {
        if (Simple.TryGetValue(type, out var create)) return create();
        if (type.IsByRefLike)
            throw new NotSupportedException($"Values of type {TypeName.Of(type)} have no text form: write ReadOnlySpan<byte>, or a type that formats itself.");
        if (type.IsEnum) return Create(typeof(EnumFormatter<>), [type]);
        if (type.IsValueType && type.IsAssignableTo(typeof(IUtf8SpanFormattable))) return Create(typeof(NumberFormatter<>), [type]);
        if (type.IsGenericType && Composite.TryGetValue(type.GetGenericTypeDefinition(), out var composite))
            return Create(composite, type.GetGenericArguments(), [.. type.GetGenericArguments().Select(Find)]);
        return List(type) ?? Record(type) ?? Create(typeof(ObjectFormatter<>), [type]);
    }

    // A sequence that is not yet a list may be read only once, but a value that does not fit the buffer is written again.
    private object? List(Type type)
    {
        var item = type.GetInterfaces().Append(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
        if (item is null || HasOwnText(type)) return null;
        if (!type.IsAssignableTo(typeof(IReadOnlyCollection<>).MakeGenericType(item)) && !type.IsAssignableTo(typeof(ICollection<>).MakeGenericType(item)))
            throw new NotSupportedException($"A {TypeName.Of(type)} has no text form, since it may be read only once: write a list, by ToList().");
        return Create(typeof(ListFormatter<,>), [type, item], Find(item));
    }

    private object? Record(Type type)
    {
        if ((HasOwnText(type) && !type.IsAssignableTo(typeof(ITuple))) || RecordShape.Of(type).Shape is not { } shape) return null;
        var parts = RecordExpressions.TupleOf([.. shape.Members.Select(member => member.Type)]);
        return Create(typeof(RecordFormatter<,>), [type, parts], Find(parts));
    }

    // The text that the compiler writes for a record is for a person who debugs.
    private static bool HasOwnText(Type type)
    {
        var toString = type.GetMethod(nameof(ToString), Type.EmptyTypes);
        if (toString?.DeclaringType is not { } declaring || declaring == typeof(object) || declaring == typeof(ValueType)) return false;
        return !toString.IsDefined(typeof(CompilerGeneratedAttribute)) && !declaring.IsDefined(typeof(CompilerGeneratedAttribute));
    }

    private static object Create(Type formatter, Type[] types, params object[] parts) => Activator.CreateInstance(formatter.MakeGenericType(types), parts)!;
}
