using System.Globalization;
using System.Text;

namespace MapReduce.Streaming;

/// <summary>Reads what a program writes to its standard error: the reporter's lines go to the task, of the others the end is kept.</summary>
internal sealed class StandardError(Stream source, TaskContext task)
{
    // Of the 4 KB that are kept of an attempt's error, the rest says what failed.
    private const int KeptBytes = 3 << 10;

    private const int LongestLine = 64 << 10;

    private readonly byte[] _kept = new byte[2 * KeptBytes];
    private int _length;

    /// <summary>What it writes, in lines.</summary>
    public LineCutter Lines { get; } = new(source, LongestLine);

    /// <summary>The end of what was written for people.</summary>
    public string Kept => Encoding.UTF8.GetString(_kept.AsSpan(Math.Max(0, _length - KeptBytes).._length)).Trim();

    /// <summary>Takes lines: what they report, and what they say.</summary>
    public void Take(ReadOnlySpan<byte> lines)
    {
        foreach (var range in lines.Split((byte)'\n'))
        {
            var line = lines[range];
            if (!line.StartsWith("reporter:"u8) || !TryReport(Encoding.UTF8.GetString(line).TrimEnd('\r'))) Keep(line);
        }
    }

    private bool TryReport(string line)
    {
        const string Status = "reporter:status:", Counter = "reporter:counter:";
        if (line.StartsWith(Status, StringComparison.Ordinal))
        {
            task.Status = line[Status.Length..];
            return true;
        }

        if (!line.StartsWith(Counter, StringComparison.Ordinal)) return false;
        if (line[Counter.Length..].Split(',') is not [var group, var name, var amount]
            || !long.TryParse(amount, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var by) || name.Length == 0)
            throw new ProcessFailedException($"It reported '{line}': write reporter:counter:group,name,amount with a whole number as amount.");
        task.Count(group.Length == 0 ? name : $"{group}.{name}", by);
        // A count is a sign of life, too.
        task.Status = task.Status;
        return true;
    }

    private void Keep(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty) return;
        line = line[Math.Max(0, line.Length - KeptBytes + 1)..];
        if (_length + line.Length >= _kept.Length)
        {
            _kept.AsSpan(_length - KeptBytes, KeptBytes).CopyTo(_kept);
            _length = KeptBytes;
        }

        line.CopyTo(_kept.AsSpan(_length));
        _length += line.Length;
        _kept[_length++] = (byte)'\n';
    }
}
