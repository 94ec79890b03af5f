using System.Text;

namespace EndToEnd.Support;

/// <summary>Compares large outputs, and shows of a difference only where it begins.</summary>
internal static class Same
{
    private const int Shown = 80;

    public static void Bytes(byte[] expected, byte[] actual)
    {
        var at = expected.AsSpan().CommonPrefixLength(actual);
        if (at == expected.Length && at == actual.Length) return;
        Assert.Fail($"GNU wrote {expected.Length} bytes, the job {actual.Length}; from byte {at} on:\n{Show(expected, at)}\n{Show(actual, at)}");
    }

    private static string Show(byte[] bytes, int at) => Encoding.UTF8.GetString(bytes, at, Math.Min(Shown, bytes.Length - at)).ReplaceLineEndings("\\n");
}
