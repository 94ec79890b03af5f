using FsCheck;
using FsCheck.Fluent;
using MapReduce.Map;
using MapReduce.Memory;

namespace MapReduce.Tests.Map;

public unsafe class PrefixSortTests
{
    private static readonly Gen<byte[]> Tails = Gen.Elements<byte>(0, 0, 1, 97, 255).ArrayOf().Resize(12);

    // Prefixes around the widths that the sort compares at a time, and keys that are prefixes of each other.
    private static readonly Gen<byte[]> Keys =
        from length in Gen.Elements(0, 7, 8, 9, 16, 100)
        from fill in Gen.Elements<byte>(0, 97)
        from tail in Tails
        select (byte[])[.. Enumerable.Repeat(fill, length), .. tail];

    [Fact]
    public void Sort_NastyKeys_IsTheStableSort() =>
        Prop.ForAll(Arb.From(Keys.ArrayOf()), keys => IsStableSort(keys)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(33, 1), InlineData(100, 2), InlineData(2_000, 3), InlineData(5_000, 4)]
    public void Sort_ManyNastyKeys_IsTheStableSort(int count, int seed)
    {
        var random = new Random(seed);
        Assert.True(IsStableSort([.. Enumerable.Range(0, count).Select(_ => Nasty(random))]), $"seed {seed}");
    }

    [Fact]
    public void Sort_KeysThatAreEachAPrefixOfTheNext_IsTheStableSort() =>
        Assert.True(IsStableSort([.. Enumerable.Range(0, 2_000).Select(i => new byte[(i * 7919 % 2_000) * 8])]));

    [Fact]
    public void Sort_DeepKeysOnASmallStack_DoesNotOverflow()
    {
        var keys = Enumerable.Range(0, 4_000).Select(i => new byte[i * 8]).ToArray();
        var sorted = false;
        var thread = new Thread(() => sorted = IsStableSort(keys), 256 << 10);
        thread.Start();
        thread.Join();
        Assert.True(sorted);
    }

    [Fact]
    public void Sort_LongCommonPrefix_TakesTimeInProportion()
    {
        var random = new Random(7);
        var keys = new byte[200_000][];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = new byte[1_032];
            random.NextBytes(keys[i].AsSpan(1_024));
        }

        var start = TimeProvider.System.GetTimestamp();
        var order = Sort(keys);
        // A comparison sort takes some seconds here; stepping over the prefix 8 bytes at a time takes longer still.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 3);
        Assert.True(keys[order[0]].AsSpan().SequenceCompareTo(keys[order[^1]]) < 0);
    }

    private static byte[] Nasty(Random random)
    {
        var key = new byte[random.Next(4) switch { 0 => 8, 1 => 16, 2 => 100, _ => 0 } + random.Next(10)];
        for (var i = Math.Max(0, key.Length - 3); i < key.Length; i++) key[i] = (byte)(random.Next(3) * 127);
        return key;
    }

    private static bool IsStableSort(byte[][] keys)
    {
        var expected = Enumerable.Range(0, keys.Length).OrderBy(i => keys[i], Spill.ByteOrder.Instance).ToArray();
        return Sort(keys).SequenceEqual(expected);
    }

    private static int[] Sort(byte[][] keys)
    {
        using var arena = NativeBuffer.Allocate(keys.Sum(key => (long)key.Length) + 8);
        using var entries = NativeBuffer.Allocate(Math.Max(1, keys.Length) * 2L * sizeof(SortEntry));
        var offsets = new long[keys.Length];
        var all = (SortEntry*)entries.Start;
        long at = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            offsets[i] = at;
            keys[i].CopyTo(new Span<byte>(arena.Start + at, keys[i].Length));
            at += keys[i].Length;
        }

        // What lies behind a key must not matter: here it is the next key.
        for (var i = 0; i < keys.Length; i++)
            all[i] = new SortEntry { Place = (uint)i, Prefix = PrefixSort.Prefix(arena.Start + offsets[i], keys[i].Length) };
        var source = new Source(keys, offsets, arena.Start);
        PrefixSort.Sort(all, all + keys.Length, keys.Length, ref source);
        return [.. Enumerable.Range(0, keys.Length).Select(i => (int)all[i].Place)];
    }

    private readonly struct Source(byte[][] keys, long[] offsets, byte* arena) : IKeySource
    {
        public byte* Key(uint place, out int length)
        {
            length = keys[place].Length;
            return arena + offsets[place];
        }
    }
}
