using System.Text;

namespace MapReduce.Testing;

/// <summary>A file of a test's input.</summary>
/// <param name="Name">Its name, which may hold folders; a name that ends in .gz, for instance, is read as such a file. What
/// a job calls an input, such as <c>orders</c>, is the file <c>orders</c> or all that are in the folder: <c>orders/1.csv</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record TestFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>A file of text, in UTF-8.</summary>
    public TestFile(string name, string content) : this(name, Encoding.UTF8.GetBytes(content)) { }

    /// <summary>A file of lines, each ended by LF.</summary>
    public TestFile(string name, IEnumerable<string> lines) : this(name, string.Concat(lines.Select(line => line + "\n"))) { }
}
