using System.Diagnostics.CodeAnalysis;

namespace MapReduce.Serialization;

/// <summary>Refuses a null where its codec has no bytes for it.</summary>
internal static class Absent
{
    public static void ThrowIfNull<T>([NotNull] T? value)
        where T : class
    {
        if (value is null) throw Of(typeof(T));
    }

    public static ArgumentNullException Of(Type type) => new(
        null, $"Null of type {TypeName.Of(type)} cannot be a key, a value or an item of one. Leave it out, or make it a member of a record that is declared nullable ({TypeName.Of(type)}?).");
}
