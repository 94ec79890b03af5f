using MapReduce.Counters;
using MapReduce.Map;
using MapReduce.Spill;

namespace MapReduce.Streaming;

/// <summary>
/// Lines of one key that a mapper writes several times, one after another as far as that key goes, become one record with their number: counts of words are of
/// little else. The lines of a key keep their order, since a key waits in one place only.
/// </summary>
/// <remarks>
/// A cache without links: each key has one slot, and another key takes it once hits no longer pay for it. A value that is repeated begins with 1, where others
/// begin with TAB or are empty.
/// </remarks>
internal sealed unsafe class Repeats(Emitter<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output, AttemptCounters counters)
{
    private const byte Mark = 1, MostPatience = 32;

    // More begin another record: a count must never pass what it is kept in, or all of its lines were lost.
    private const int MostRepeats = 1 << 16;
    private const int SlotBits = 15, LongestLine = 52;

    // So many lines tell whether it is worth the while: what comes back less than every fourth time costs more than it saves.
    private const int Trial = 1 << 17, LeastHits = Trial / 4;

    private Slot[]? _slots = new Slot[1 << SlotBits];
    private int _lines, _hits;

    /// <summary>Takes a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="keyLength">The bytes of it before the first TAB.</param>
    public void Add(ReadOnlySpan<byte> line, int keyLength)
    {
        if (_slots is null)
        {
            output.Emit(line[..keyLength], line[keyLength..]);
            return;
        }

        ref var slot = ref _slots[(int)(KeyHash.Of(line[..keyLength]) >> (64 - SlotBits))];
        fixed (byte* start = slot.Line)
        {
            var held = new ReadOnlySpan<byte>(start, slot.Length);
            if (slot.Count is > 0 and < MostRepeats && held.SequenceEqual(line))
            {
                slot.Count++;
                _hits++;
                if (slot.Patience < MostPatience) slot.Patience++;
            }
            else if (slot.Count > 0 && slot.Patience > 0 && !held[..slot.KeyLength].SequenceEqual(line[..keyLength]))
            {
                slot.Patience--;
                output.Emit(line[..keyLength], line[keyLength..]);
            }
            else
            {
                Emit(ref slot, held);
                Hold(ref slot, line, keyLength);
            }
        }

        if (++_lines == Trial && _hits < LeastHits) Finish();
    }

    /// <summary>Emits what waits. Lines that come after it are emitted as they come.</summary>
    public void Finish()
    {
        foreach (ref var slot in _slots.AsSpan())
        {
            fixed (byte* start = slot.Line) Emit(ref slot, new ReadOnlySpan<byte>(start, slot.Length));
        }

        _slots = null;
    }

    /// <summary>How often a value was written.</summary>
    /// <param name="value">As it came; what was written when this returns.</param>
    public static int Take(ref ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[0] != Mark) return 1;
        var count = BitConverter.ToInt32(value[1..]);
        value = value[(1 + sizeof(int))..];
        return count;
    }

    private void Hold(ref Slot slot, ReadOnlySpan<byte> line, int keyLength)
    {
        if (line.Length > LongestLine)
        {
            output.Emit(line[..keyLength], line[keyLength..]);
            return;
        }

        (slot.Count, slot.Patience, slot.KeyLength, slot.Length) = (1, 0, (byte)keyLength, (byte)line.Length);
        fixed (byte* start = slot.Line) line.CopyTo(new Span<byte>(start, LongestLine));
    }

    private void Emit(ref Slot slot, ReadOnlySpan<byte> line)
    {
        var key = line[..slot.KeyLength];
        var value = line[slot.KeyLength..];
        if (slot.Count == 1)
        {
            output.Emit(key, value);
        }
        else if (slot.Count > 1)
        {
            Span<byte> repeated = stackalloc byte[1 + sizeof(int) + LongestLine];
            repeated[0] = Mark;
            BitConverter.TryWriteBytes(repeated[1..], slot.Count);
            value.CopyTo(repeated[(1 + sizeof(int))..]);
            output.Emit(key, repeated[..(1 + sizeof(int) + value.Length)]);
            // The output has counted one.
            counters.MapOutputRecords += slot.Count - 1;
        }

        slot.Count = 0;
    }

    /// <summary>A line that waits for more of its like; none while the count is 0.</summary>
    private struct Slot
    {
        public int Count;

        /// <summary>How many lines of other keys it outlives.</summary>
        public byte Patience;

        public byte KeyLength, Length;
        public fixed byte Line[LongestLine];
    }
}
