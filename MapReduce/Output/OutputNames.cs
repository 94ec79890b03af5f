using MapReduce.Protocol;

namespace MapReduce.Output;

/// <summary>What the files of an attempt's output are called. Every name carries its task, so that no two of a job are alike.</summary>
internal static class OutputNames
{
    private const int Longest = 100;

    /// <summary>What the parts of a job are called.</summary>
    public const string PartName = "part";

    /// <summary>What a task leaves for the next step. Names that begin with '.' are not of the output.</summary>
    public const string Records = ".records";

    /// <summary>The part of a task: <c>part-r-00003</c>. Parts are what the job is about; all other files stand beside them.</summary>
    public static string Part(TaskId task) => $"{PartName}-{Suffix(task)}";

    public static bool IsPart(string name) => name.StartsWith($"{PartName}-", StringComparison.Ordinal);

    /// <summary>A file beside the part: <c>errors.csv</c> becomes <c>errors-m-00003.csv</c>, with the step before the kind where a job has several.</summary>
    public static string Beside(string name, TaskId task, bool isOnlyStep)
    {
        var end = name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? dot : name.Length;
        return $"{name.AsSpan(0, end)}-{(isOnlyStep ? Suffix(task) : task.ToString())}{name.AsSpan(end)}";
    }

    /// <summary>Whether a file may have the name: it names no directory, and nothing that the engine itself puts beside the output.</summary>
    public static bool IsPlain(string name) =>
        name is not ("" or "." or ".." or OutputPaths.SuccessName or OutputPaths.TemporaryName)
        && !name.Contains('\0', StringComparison.Ordinal)
        && Path.GetFileName(name) == name;

    /// <summary>True for what a commit makes visible.</summary>
    public static bool IsOfOutput(string name) => name[0] != '.';

    /// <exception cref="ArgumentException">User code cannot have a file of this name.</exception>
    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > Longest || name[0] is '_' or '.' || !IsPlain(name) || name.Any(char.IsControl))
            throw new ArgumentException($"A file of a task cannot be named '{name}': use up to {Longest} characters, no directory, and neither '_' nor '.' at the front, which readers skip.", nameof(name));
        if (name == PartName || name.StartsWith($"{PartName}.", StringComparison.Ordinal))
            throw new ArgumentException($"A file of a task cannot be named '{name}': that is the task's own part. Choose another name.", nameof(name));
    }

    private static string Suffix(TaskId task) => $"{(task.Kind == TaskKind.Reduce ? 'r' : 'm')}-{task.Index:D5}";
}
