using System.Text.RegularExpressions;

namespace MapReduce.App;

/// <summary>How a program is called.</summary>
internal static partial class ProgramName
{
    /// <summary>What a person types before the arguments: <c>dotnet run job.cs --</c>, or the name of the executable.</summary>
    public static string Typed()
    {
        if (AppContext.GetData("EntryPointFilePath") is string file) return $"dotnet run {Path.GetFileName(file)} --";
        var program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "dotnet";
        return program == "dotnet" ? $"dotnet {Path.GetFileName(Environment.GetCommandLineArgs()[0])}" : program;
    }

    /// <summary>A name for a job: <c>WordCount</c> becomes <c>word-count</c>; what is no ASCII letter or digit is left out.</summary>
    public static string Hyphenate(string name)
    {
        var words = Words().Matches(name).Select(word => word.Value.ToLowerInvariant());
        return string.Join('-', words) is { Length: > 0 } hyphenated ? hyphenated : "job";
    }

    [GeneratedRegex("[A-Z]*[a-z0-9]+|[A-Z]+")]
    private static partial Regex Words();
}
