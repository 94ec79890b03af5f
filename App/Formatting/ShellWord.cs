namespace MapReduce.App.Formatting;

/// <summary>Writes a path so that it can be pasted into a shell.</summary>
internal static class ShellWord
{
    /// <summary>The word itself when no shell would change it, otherwise in single quotes (double ones on Windows).</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:,@%".Contains(c) || (OperatingSystem.IsWindows() && c == '\\'))) return word;
        return OperatingSystem.IsWindows() ? $"\"{word}\"" : $"'{word.Replace("'", "'\\''")}'";
    }
}
