using System.Diagnostics.CodeAnalysis;

namespace MapReduce.Serialization;

/// <summary>The exceptions of codecs, kept out of the methods that the JIT should inline.</summary>
internal static class Malformed
{
    public static void ThrowIfNot(int expected, int actual, Type type)
    {
        if (actual != expected) ThrowLength(expected, actual, type);
    }

    [DoesNotReturn]
    public static void Throw(Type type, string what) =>
        throw new FormatException($"These bytes are not an encoded {TypeName.Of(type)}: {what}. Encode and decode with the same codec.");

    [DoesNotReturn]
    private static void ThrowLength(int expected, int actual, Type type) =>
        Throw(type, $"expected {expected} bytes, found {actual}");
}
