using MapReduce.Reduce;
using MapReduce.Spill;

namespace MapReduce.Streaming;

/// <summary>Records of a run as lines <c>key TAB value</c>, both coded by <see cref="LineCode"/>, and back.</summary>
internal static unsafe class CodedLines
{
    /// <summary>Writes a run's records, in its order.</summary>
    public static void Write(RecordStream records, Stream output)
    {
        var line = new byte[256];
        while (records.MoveNext())
        {
            var most = LineCode.MaxLength(records.KeyLength + records.ValueLength) + 2;
            if (line.Length < most) line = new byte[Math.Max(most, line.Length * 2)];
            var length = LineCode.Encode(records.KeySpan, line);
            line[length++] = (byte)'\t';
            length += LineCode.Encode(records.ValueSpan, line.AsSpan(length));
            line[length++] = (byte)'\n';
            output.Write(line, 0, length);
        }
    }

    /// <summary>Writes the records of lines that are in order of their keys to a run of one partition.</summary>
    /// <exception cref="InvalidDataException">A line is none of such, or out of order.</exception>
    public static void Read(Stream input, RunWriter run)
    {
        var lines = new LineCutter(input, Array.MaxLength);
        byte[] record = new byte[256], last = [];
        var lastLength = 0;
        run.BeginPartition(0, isSorted: true);
        for (var block = lines.Next(); !block.IsEmpty; block = lines.Next())
        {
            foreach (var line in new RawLines(block))
            {
                if (record.Length < line.Length) record = new byte[Math.Max(line.Length, record.Length * 2)];
                var keyLength = Decode(line, record, out var valueLength);
                CheckOrder(record.AsSpan(0, keyLength), last.AsSpan(0, lastLength));
                fixed (byte* start = record) run.Append(start, keyLength, start + keyLength, valueLength);
                // The buffer of this key becomes that of the last, and the other way round.
                (record, last, lastLength) = (last, record, keyLength);
            }
        }

        run.EndPartition();
    }

    private static int Decode(ReadOnlySpan<byte> line, byte[] record, out int valueLength)
    {
        var tab = line.IndexOf((byte)'\t');
        var keyLength = tab < 0 ? -1 : LineCode.TryDecode(line[..tab], record);
        valueLength = keyLength < 0 ? -1 : LineCode.TryDecode(line[(tab + 1)..], record.AsSpan(keyLength));
        return valueLength >= 0 ? keyLength
            : throw new InvalidDataException($"The line {KeyText.Of(line)} is not of this job's mapper: give the reducer what the mapper wrote, sorted.");
    }

    private static void CheckOrder(ReadOnlySpan<byte> key, ReadOnlySpan<byte> last)
    {
        if (key.SequenceCompareTo(last) < 0)
            throw new InvalidDataException($"The key {KeyText.Of(key)} comes after {KeyText.Of(last)}: the reducer's input must be in order of its bytes (LC_ALL=C sort).");
    }
}
