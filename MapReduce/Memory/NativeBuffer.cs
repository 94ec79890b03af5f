using System.Runtime.InteropServices;

namespace MapReduce.Memory;

/// <summary>
/// A block of memory outside the managed heap: attempts take hundreds of MiB for seconds, which the collector would neither
/// find nor give back in time. Aligned to 2 MiB and marked for huge pages when large: fresh 4 KiB pages cost more than the work on them.
/// </summary>
internal sealed unsafe partial class NativeBuffer : IDisposable
{
    private const nuint HugePage = 2 << 20;
    private const int AdviseHugePage = 14; // MADV_HUGEPAGE

    /// <summary>Bytes that may be read past the end of the last one in use: loads of 8 and 16 bytes need no check.</summary>
    public const int Slack = 64;

    private byte* _start;

    private NativeBuffer(byte* start, long length)
    {
        _start = start;
        Length = length;
    }

    /// <summary>Bytes that may be used, without the slack.</summary>
    public long Length { get; }

    /// <summary>The first byte.</summary>
    public byte* Start => _start;

    public static NativeBuffer Allocate(long length)
    {
        var isLarge = length >= (long)HugePage;
        var size = (nuint)length + Slack;
        if (isLarge) size = (size + HugePage - 1) & ~(HugePage - 1);
        var start = (byte*)NativeMemory.AlignedAlloc(size, isLarge ? HugePage : 64);
        // Only a hint: a kernel without huge pages answers with an error that changes nothing.
        if (isLarge && OperatingSystem.IsLinux()) _ = Advise(start, size, AdviseHugePage);
        return new NativeBuffer(start, length);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
        GC.SuppressFinalize(this);
    }

    ~NativeBuffer() => NativeMemory.AlignedFree(_start);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* start, nuint length, int advice);
}
