using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Limit;

/// <summary>The practical limit of the machine for word count in C#: no framework, one table a thread, merged and sorted once.</summary>
internal static unsafe class WordCount
{
    private const int Chunk = 512 << 10, CarryRoom = 4096;

    public static void Run(string output, int threads, string[] files)
    {
        var tables = new CountTable[threads];
        int next = -1;
        var workers = Enumerable.Range(0, threads).Select(id => new Thread(() =>
        {
            var table = tables[id] = new CountTable();
            var buffer = (byte*)NativeMemory.AlignedAlloc(Chunk + 2 * CarryRoom, 4096);
            for (int f; (f = Interlocked.Increment(ref next)) < files.Length;) Map(table, files[f], buffer);
        })).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();

        foreach (var table in tables.AsSpan(1)) Merge(tables[0], table);
        var halves = new ReadOnlyMemory<byte>[2];
        Parallel.For(0, 2, half => halves[half] = SortedText.Half(tables[0], half));
        using var file = File.OpenHandle(output, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, halves, 0);
    }

    private static void Map(CountTable table, string path, byte* buffer)
    {
        using var file = File.OpenHandle(path);
        byte* data = buffer + CarryRoom; // a word cut by the chunk's end is carried to just before it
        int carry = 0;
        for (long offset = 0; ;)
        {
            int read = RandomAccess.Read(file, new Span<byte>(data, Chunk), offset);
            if (read == 0) break;
            offset += read;
            byte* start = data - carry, top = data + read, end = top;
            while (end > start && end[-1] > ' ') end--;
            Tokenizer.Count(table, start, end);
            carry = (int)(top - end);
            if (carry > CarryRoom) throw new InvalidDataException($"{path}: a word of over {CarryRoom} bytes ends at byte {offset}; the limit program takes none.");
            Buffer.MemoryCopy(end, data - carry, carry, carry);
        }

        if (carry == 0) return;
        *data = (byte)'\n';
        Tokenizer.Count(table, data - carry, data + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Merge(CountTable into, CountTable from)
    {
        for (ulong k = 0; k <= from.Mask; k++)
        {
            Slot* slot = from.Slots + k, ahead = slot + 16;
            if (k + 16 <= from.Mask && ahead->Count != 0) Sse.Prefetch0(into.Slots + (CountTable.Hash(ahead->A, ahead->B) & into.Mask));
            if (slot->Count != 0) into.Add(slot->A, slot->B, CountTable.Hash(slot->A, slot->B), slot->Count);
        }

        foreach (ref readonly var word in from.Long.Words)
        {
            if (word.Count != 0) into.Long.Add(from.Long.Text(word), word.Count);
        }
    }
}
