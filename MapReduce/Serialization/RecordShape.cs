using System.Reflection;

namespace MapReduce.Serialization;

/// <summary>A part of a record: a property or field, and the parameter of the constructor that sets it, if one does.</summary>
internal sealed record RecordMember(MemberInfo Source, Type Type, bool IsNullable)
{
    public string Name => Source.Name;
}

/// <summary>
/// How a record, a struct or a class of public members is taken apart and put together: by its public constructor with the most
/// parameters that are all members, then by the other members that can be set.
/// </summary>
internal sealed class RecordShape
{
    private const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;

    private RecordShape(Type type, ConstructorInfo? constructor, IReadOnlyList<RecordMember> members) =>
        (Type, Constructor, Members) = (type, constructor, members);

    public Type Type { get; }

    /// <summary>Takes the first members; null for a struct's own that takes none.</summary>
    public ConstructorInfo? Constructor { get; }

    public IReadOnlyList<RecordMember> Members { get; }

    /// <summary>The shape of a type, or why it has none.</summary>
    public static (RecordShape? Shape, string Problem) Of(Type type)
    {
        if (type.IsAbstract || type.IsPointer || type.IsByRefLike || type.IsArray || type.IsPrimitive) return (null, "it is no record, struct or class of public members");
        var readable = Readable(type).ToList();
        var constructor = type.GetConstructors().Where(candidate => candidate.GetParameters().All(parameter => Match(parameter, readable) is not null))
            .MaxBy(candidate => candidate.GetParameters().Length);
        if (constructor is null && !type.IsValueType) return (null, "it has no public constructor whose parameters are its public members");
        var taken = (constructor?.GetParameters() ?? []).Select(parameter => Match(parameter, readable)!).ToList();
        var members = taken.Concat(readable.Except(taken).Where(IsSettable)).Select(Member).ToList();
        if (members.Count == 0) return (null, "it has no public members that can be set");
        // What cannot be seen would be lost without a word.
        var fields = FieldCount(type);
        if (fields != members.Count) return (null, $"it has {fields} fields, but {members.Count} public members that can be read and set");
        return (new RecordShape(type, constructor, members), "");
    }

    private static IEnumerable<MemberInfo> Readable(Type type) =>
        type.GetProperties(Public).Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0).Cast<MemberInfo>()
            .Concat(type.GetFields(Public)).OrderBy(member => Depth(member.DeclaringType)).ThenBy(member => member.MetadataToken);

    private static MemberInfo? Match(ParameterInfo parameter, IEnumerable<MemberInfo> members) => members.FirstOrDefault(member =>
        string.Equals(member.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && TypeOf(member) == parameter.ParameterType);

    private static bool IsSettable(MemberInfo member) => member switch
    {
        PropertyInfo property => property.SetMethod is { IsPublic: true },
        FieldInfo field => !field.IsInitOnly,
        _ => false,
    };

    private static RecordMember Member(MemberInfo member)
    {
        var nullability = new NullabilityInfoContext();
        var state = member is PropertyInfo property ? nullability.Create(property) : nullability.Create((FieldInfo)member);
        return new RecordMember(member, TypeOf(member), state.ReadState == NullabilityState.Nullable && !TypeOf(member).IsValueType);
    }

    private static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    private static int FieldCount(Type? type) => type is null
        ? 0
        : FieldCount(type.BaseType) + type.GetFields(Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Length;

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);
}
