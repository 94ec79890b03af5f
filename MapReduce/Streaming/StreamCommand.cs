using System.Text;

namespace MapReduce.Streaming;

/// <summary>A command line taken apart: words at blanks, quotes honoured, no shell. Immutable.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Words">The program and its arguments.</param>
internal sealed record StreamCommand(string Text, IReadOnlyList<string> Words)
{
    /// <summary>Takes a command line apart as Hadoop Streaming does: '…' and "…" keep what is between them as it stands, a backslash is a character like any other.</summary>
    /// <exception cref="ArgumentException">There is no program, or a quote is not closed.</exception>
    public static StreamCommand Parse(string role, string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\'' or '"')
            {
                var end = text.IndexOf(text[i], i + 1);
                if (end < 0) throw new ArgumentException($"the {role} {text} has a quote that is not closed, at character {i + 1}: close it.");
                word.Append(text, i + 1, end - i - 1);
                (i, isWord) = (end, true);
            }
            else if (!char.IsWhiteSpace(text[i]))
            {
                word.Append(text[i]);
                isWord = true;
            }
            else if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }

        if (isWord) words.Add(word.ToString());
        return words is [{ Length: > 0 }, ..] ? new StreamCommand(text, words) : throw new ArgumentException($"the {role} is empty: give a command, such as 'python3 {role}.py'.");
    }

    /// <summary>The program's full path: a file in the working directory comes before those on the search path, as for Hadoop Streaming.</summary>
    /// <exception cref="ProcessFailedException">There is no such program, or it may not be run.</exception>
    public string Find(string directory)
    {
        var name = Words[0];
        var folders = name.Contains('/', StringComparison.Ordinal) ? [] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        string[] found = [.. folders.Prepend(directory).Select(folder => Path.GetFullPath(name, Path.GetFullPath(folder, directory))).Where(File.Exists)];
        if (found.FirstOrDefault(IsExecutable) is { } program) return program;
        throw new ProcessFailedException(found.Length > 0
            ? $"'{found[0]}' may not be executed: give it the right (chmod +x), or name the interpreter before it, such as 'python3 {name}'."
            : $"There is no program '{name}' on this machine: ship it with --file, or give its full path.");
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
