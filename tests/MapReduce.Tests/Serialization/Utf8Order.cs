using System.Text;

namespace MapReduce.Tests.Serialization;

/// <summary>The order of strings by their UTF-8 bytes, said in another way: by code points.</summary>
internal static class Utf8Order
{
    public static int Compare(string left, string right) => CodePoints(left).AsSpan().SequenceCompareTo(CodePoints(right));

    private static int[] CodePoints(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];
}
