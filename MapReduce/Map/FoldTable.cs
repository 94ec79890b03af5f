using System.Runtime.CompilerServices;
using MapReduce.Memory;

namespace MapReduce.Map;

/// <summary>The memory of a fold: an open-addressing table of keys and values, and an arena for keys of more than 16 bytes.</summary>
internal sealed unsafe class FoldTable : IDisposable
{
    private const int SmallestTable = 1 << 6, LargestFirstTable = 1 << 16, SmallestArena = 64 << 10;

    // Entries are counted and placed by 31 bits.
    private const nuint MostSlots = 1 << 30;
    private readonly MemoryPool _pool;
    private readonly long _memory, _arenaLength;
    private NativeBuffer _table, _arena;
    private long _arenaUsed;

    public FoldTable(MemoryPool pool, long memory)
    {
        (_pool, _memory) = (pool, memory);
        var slots = SmallestTable;
        while (slots < LargestFirstTable && slots * sizeof(KeySlot) * 16L < memory) slots *= 2;
        // All that it may ever need, since memory costs only once it is touched: to grow would be to copy, through fresh pages.
        _arenaLength = Math.Max(SmallestArena, memory / 2);
        _table = RentCleared(slots);
        _arena = pool.Rent(_arenaLength);
    }

    public KeySlot* Slots => (KeySlot*)_table.Start;

    public nuint Mask => (nuint)(_table.Length / sizeof(KeySlot)) - 1;

    public byte* Arena => _arena.Start;

    public int Count { get; private set; }

    /// <summary>The key of a slot.</summary>
    public byte* Key(KeySlot* slot, out int length)
    {
        length = slot->KeyLength;
        return length <= KeyHash.InlineLength ? (byte*)slot : _arena.Start + slot->B;
    }

    /// <summary>Counts a slot that was just filled.</summary>
    /// <returns>False when the table must grow or be emptied before the next one is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Added() => ++Count * 10L <= (long)Mask * 7;

    /// <summary>Makes room for more slots.</summary>
    /// <returns>False when that would take more memory than there is.</returns>
    public bool TryGrow()
    {
        // To empty the table its slots are put in order, in a buffer as large as the table.
        if ((_table.Length * 4) + _arenaUsed > _memory || Mask >= MostSlots - 1) return false;
        var old = _table;
        var count = (long)Mask + 1;
        _table = RentCleared(count * 2);
        KeySlot* from = (KeySlot*)old.Start, to = Slots;
        var mask = Mask;
        for (var end = from + count; from < end; from++)
        {
            if (from->Meta == 0) continue;
            var at = (nuint)(from->Meta >> 32) & mask;
            while (to[at].Meta != 0) at = (at + 1) & mask;
            to[at] = *from;
        }

        _pool.Return(old);
        return true;
    }

    /// <summary>Copies a long key into the arena.</summary>
    /// <returns>Its place, or -1 when there is no room for it.</returns>
    public long Store(ReadOnlySpan<byte> key)
    {
        if (!HasRoom(key.Length)) return -1;
        key.CopyTo(new Span<byte>(_arena.Start + _arenaUsed, key.Length));
        var place = _arenaUsed;
        _arenaUsed += key.Length;
        return place;
    }

    public void Clear()
    {
        Zero(_table);
        Count = 0;
        _arenaUsed = 0;
        if (_arena.Length > _arenaLength) ReplaceArena(_arenaLength);
    }

    public void Dispose()
    {
        _pool.Return(_table);
        _pool.Return(_arena);
    }

    private bool HasRoom(int length)
    {
        var most = Math.Clamp(_memory - (_table.Length * 2), SmallestArena, _arena.Length);
        if (_arenaUsed + length <= most) return true;
        if (Count > 0) return false;
        // An empty table must take any key, or a key larger than the memory could never be counted.
        if (length > _arena.Length) ReplaceArena(length);
        return true;
    }

    // The new one first: a failure to get it leaves the old one in its place, to be returned once.
    private void ReplaceArena(long length)
    {
        var arena = _pool.Rent(length);
        _pool.Return(_arena);
        _arena = arena;
    }

    private NativeBuffer RentCleared(long slots)
    {
        var buffer = _pool.Rent(slots * sizeof(KeySlot));
        Zero(buffer);
        return buffer;
    }

    private static void Zero(NativeBuffer buffer) => System.Runtime.InteropServices.NativeMemory.Clear(buffer.Start, (nuint)buffer.Length);
}
