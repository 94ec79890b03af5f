using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limit;

/// <summary>A word of up to 16 bytes and its count. 32 bytes: two slots a cache line, none across two.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct Slot
{
    public ulong A, B, Count;
}

/// <summary>Counts words: keys of up to 16 bytes stand inline in the slots, longer ones in a table with an arena.</summary>
internal sealed unsafe partial class CountTable
{
    private const int HugePages = 14; // MADV_HUGEPAGE: fewer TLB misses, about 5 %

    private ulong _count;

    public CountTable()
    {
        Mask = (1 << 20) - 1;
        Slots = Allocate(Mask + 1);
    }

    public Slot* Slots { get; private set; }

    public ulong Mask { get; private set; }

    public ulong Count => _count + (ulong)Long.Count;

    public LongWordTable Long { get; } = new();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong a, ulong b)
    {
        ulong h = (a * 0x9E3779B97F4A7C15UL + b) * 0xD6E8FEB86659FD93UL;
        return h ^ (h >> 29);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong a, ulong b, ulong hash, ulong count)
    {
        Slot* slots = Slots;
        ulong mask = Mask;
        for (ulong k = hash & mask; ; k = (k + 1) & mask)
        {
            Slot* slot = slots + k;
            if (slot->A == a && slot->B == b)
            {
                slot->Count += count;
                return;
            }

            if (slot->Count == 0)
            {
                Insert(slot, a, b, count);
                return;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);

    private static Slot* Allocate(ulong slots)
    {
        nuint bytes = (nuint)(slots * (ulong)sizeof(Slot));
        var start = (Slot*)NativeMemory.AlignedAlloc(bytes, 2 << 20);
        _ = Advise(start, bytes, HugePages); // a hint: refusal costs speed only
        NativeMemory.Clear(start, bytes);
        return start;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Insert(Slot* slot, ulong a, ulong b, ulong count)
    {
        (slot->A, slot->B, slot->Count) = (a, b, count);
        if (++_count * 10 > Mask * 7) Grow();
    }

    private void Grow()
    {
        ulong mask = Mask * 2 + 1;
        Slot* bigger = Allocate(mask + 1);
        for (ulong i = 0; i <= Mask; i++)
        {
            if (Slots[i].Count == 0) continue;
            ulong k = Hash(Slots[i].A, Slots[i].B) & mask;
            while (bigger[k].Count != 0) k = (k + 1) & mask;
            bigger[k] = Slots[i];
        }

        NativeMemory.AlignedFree(Slots);
        Slots = bigger;
        Mask = mask;
    }
}
