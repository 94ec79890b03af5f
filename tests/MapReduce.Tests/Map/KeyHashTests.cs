using System.Runtime.InteropServices;
using MapReduce.Map;

namespace MapReduce.Tests.Map;

/// <summary>The hash decides which reduce task a key belongs to: it may never change, and never depend on where the key lies.</summary>
public unsafe partial class KeyHashTests
{
    private const int Page = 4096;

    // Bytes 1, 2, 3, ...: the hash of each length, and its partition of 13.
    [Theory]
    [InlineData(0, 0x0000000000000000UL, 0)]
    [InlineData(1, 0x17FB89EE8A313DC4UL, 1)]
    [InlineData(8, 0x79D70F463A92DC7FUL, 6)]
    [InlineData(15, 0xE226E3EC5CDEAB45UL, 11)]
    [InlineData(16, 0x688C83C58CDEAB45UL, 5)]
    [InlineData(17, 0x6E750D716E750D71UL, 5)]
    [InlineData(100, 0xFBA40F2FFBA40F2FUL, 12)]
    public void Of_Length_IsGolden(int length, ulong hash, int partition)
    {
        Assert.Equal(hash, KeyHash.Of(Key(length)));
        Assert.Equal(partition, new HashPartitioner(13).Of(Key(length)));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(8), InlineData(15), InlineData(16), InlineData(17), InlineData(100)]
    public void Of_KeyBeforeUnmappedPage_IsThatOfACopy(int length)
    {
        if (!OperatingSystem.IsLinux()) return;
        var pages = (byte*)Map(0, 2 * Page, 3, 0x22, -1, 0);
        Assert.Equal(0, Protect((nint)(pages + Page), Page, 0));
        var key = new Span<byte>(pages + Page - length, length);
        Key(length).CopyTo(key);
        Assert.Equal(KeyHash.Of(Key(length)), KeyHash.Of(key));
        Assert.Equal(0, Unmap((nint)pages, 2 * Page));
    }

    [Fact]
    public void Of_AnyPlaceInAPage_IsTheSame()
    {
        var memory = new byte[3 * Page];
        memory.AsSpan().Fill(0xEE);
        for (var length = 0; length <= 20; length++)
        {
            for (var offset = 0; offset < Page + 32; offset++)
            {
                Key(length).CopyTo(memory.AsSpan(offset));
                if (KeyHash.Of(memory.AsSpan(offset, length)) != KeyHash.Of(Key(length))) Assert.Fail($"length {length}, offset {offset}");
            }
        }
    }

    [Fact]
    public void Of_NullSpan_IsThatOfTheEmptyKey() => Assert.Equal(KeyHash.Of(Key(0)), KeyHash.Of(default));

    [Fact]
    public void Of_ZerosOfAnyLength_AreDifferentSlots()
    {
        var metas = Enumerable.Range(0, 17).Select(length => KeyHash.Meta(KeyHash.Of(new byte[length]), (nuint)length)).Distinct();
        Assert.Equal(17, metas.Count());
    }

    [Theory]
    [InlineData(8), InlineData(9), InlineData(16), InlineData(24)]
    public void Of_CountingKeys_SpreadsEvenly(int length)
    {
        var counts = new int[13];
        var key = new byte[length];
        for (var i = 0; i < 130_000; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(length - 4), i);
            counts[new HashPartitioner(13).Of(key)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_000, 11_000));
    }

    private static byte[] Key(int length) => [.. Enumerable.Range(1, length).Select(i => (byte)i)];

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
