using System.Text;

namespace MapReduce.App;

/// <summary>Standard output cannot be written: a full disk behind a redirection, for instance. Not a bug, and not the job's failure.</summary>
internal sealed class OutputUnwritableException(Exception cause)
    : Exception($"cannot write to standard output: {cause.Message.TrimEnd('.')}.", cause);

/// <summary>Standard output, its write errors told apart from those of other files. As safe for concurrent use as the writer within.</summary>
internal sealed class StandardOutput(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Guard(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guard(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Guard(() => inner.Write(value));

    public override void WriteLine() => Guard(inner.WriteLine);

    // A line in one call: lines of several threads must not mix.
    public override void WriteLine(string? value) => Guard(() => inner.WriteLine(value));

    public override void Flush() => Guard(inner.Flush);

    private static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OutputUnwritableException(refused);
        }
    }
}
