namespace Jobs.Tests.Support;

/// <summary>Lines of output in order: parts of a hashed job come in no order of their own.</summary>
internal static class Lines
{
    public static string Sorted(string output) => string.Concat(output.Split('\n')[..^1].Order(StringComparer.Ordinal).Select(line => line + '\n'));
}
