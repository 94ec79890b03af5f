using System.Globalization;

namespace MapReduce.Protocol;

/// <summary>A file that travels with a job of a cluster, told from all others by its content. Its text is one line, <c>x SHA-256 length name</c>.</summary>
/// <param name="Name">The name under which the job's programs find it: no path.</param>
/// <param name="Sha256">The SHA-256 of its content, 64 hexadecimal digits in lower case.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="IsExecutable">Whether it may be executed.</param>
public sealed record ShippedFile(string Name, string Sha256, long Length, bool IsExecutable)
{
    /// <summary>True for what may be the SHA-256 of a file, and so part of a path.</summary>
    public static bool IsHash(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>Reads a line as <see cref="ToString"/> writes it; null when it is none, or its name leads out of a directory.</summary>
    public static ShippedFile? TryParse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Split(' ', 4) is [var mode and ("x" or "-"), var hash, var digits, var name] && IsHash(hash) && IsName(name)
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? new ShippedFile(name, hash, length, mode == "x")
            : null;
    }

    /// <summary>The line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsExecutable ? 'x' : '-')} {Sha256} {Length} {Name}");

    private static bool IsName(string name) => name is not ("" or "." or "..") && !name.Contains('/', StringComparison.Ordinal) && !name.Any(char.IsControl);
}
