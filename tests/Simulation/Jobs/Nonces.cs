using System.Text;
using System.Text.RegularExpressions;
using MapReduce.Protocol;

namespace Simulation.Jobs;

/// <summary>The nonces that attempts of a job write which is not deterministic: <c>&lt;task/16 hexadecimal digits&gt;</c>.</summary>
internal static partial class Nonces
{
    /// <summary>The nonce of an attempt: that of its token, which is always of the same length.</summary>
    public static string Of(TaskId task, string token) => $"<{task}/{token[(token.IndexOf('.') + 1)..]}>";

    /// <summary>A text whose nonces say only whose they are.</summary>
    public static string Masked(string text) => Nonce.Replace(text, "<$1>");

    /// <summary>
    /// True when a part is what one attempt at each task makes: but for the nonces it is the expected one, and all nonces of a
    /// task are the same.
    /// </summary>
    public static bool AreWhole(byte[] part, byte[] expected)
    {
        // Of bytes that are no text, each is a character of its own.
        var text = Encoding.Latin1.GetString(part);
        return Masked(text) == Masked(Encoding.Latin1.GetString(expected))
            && Nonce.Matches(text).GroupBy(nonce => nonce.Groups[1].Value).All(task => task.DistinctBy(nonce => nonce.Groups[2].Value).Count() == 1);
    }

    [GeneratedRegex("<([0-9]+-[smr]-[0-9]+)/([0-9a-f]{16})>")]
    private static partial Regex Nonce { get; }
}
