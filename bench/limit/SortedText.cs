using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limit;

/// <summary>Turns a table into lines "word count", sorted by the word's bytes; two halves, so that two threads share the work.</summary>
internal static unsafe class SortedText
{
    /// <summary>The lines of the words whose first byte is below 'n' (half 0), or is not (half 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlyMemory<byte> Half(CountTable table, int half)
    {
        var prefixes = new ulong[table.Count];
        var places = new int[prefixes.Length]; // >= 0: a slot; < 0: the complement of a long word's place
        int n = Collect(table, half, prefixes, places);
        prefixes.AsSpan(0, n).Sort(places.AsSpan(0, n));
        for (int i = 0; i < n;)
        {
            int j = i + 1;
            while (j < n && prefixes[j] == prefixes[i]) j++;
            if (j - i > 1) places.AsSpan(i, j - i).Sort((x, y) => Word(table, x).SequenceCompareTo(Word(table, y)));
            i = j;
        }

        return Format(table, places.AsSpan(0, n));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Collect(CountTable table, int half, ulong[] prefixes, int[] places)
    {
        int n = 0;
        Slot* slots = table.Slots;
        for (ulong k = 0; k <= table.Mask; k++)
        {
            if (slots[k].Count == 0) continue;
            ulong prefix = BinaryPrimitives.ReverseEndianness(slots[k].A);
            if ((prefix >> 56 >= 'n' ? 1 : 0) != half) continue;
            prefixes[n] = prefix;
            places[n++] = (int)k;
        }

        var words = table.Long.Words;
        for (int k = 0; k < words.Length; k++)
        {
            if (words[k].Count == 0) continue;
            ulong prefix = BinaryPrimitives.ReadUInt64BigEndian(table.Long.Text(words[k]));
            if ((prefix >> 56 >= 'n' ? 1 : 0) != half) continue;
            prefixes[n] = prefix;
            places[n++] = ~k;
        }

        return n;
    }

    private static ReadOnlySpan<byte> Word(CountTable table, int place)
    {
        if (place < 0) return table.Long.Text(table.Long.Words[~place]);
        Slot* slot = table.Slots + place;
        int length = slot->B != 0 ? 16 - BitOperations.LeadingZeroCount(slot->B) / 8 : 8 - BitOperations.LeadingZeroCount(slot->A) / 8;
        return new ReadOnlySpan<byte>(slot, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlyMemory<byte> Format(CountTable table, ReadOnlySpan<int> places)
    {
        const int LongestShortLine = 16 + 1 + 20 + 1;
        var text = GC.AllocateUninitializedArray<byte>(places.Length * LongestShortLine + table.Long.ArenaUsed);
        int used = 0;
        foreach (int place in places)
        {
            var word = Word(table, place);
            word.CopyTo(text.AsSpan(used));
            used += word.Length;
            text[used++] = (byte)' ';
            ulong count = place < 0 ? table.Long.Words[~place].Count : table.Slots[place].Count;
            Utf8Formatter.TryFormat(count, text.AsSpan(used), out int digits);
            used += digits;
            text[used++] = (byte)'\n';
        }

        return text.AsMemory(0, used);
    }
}
