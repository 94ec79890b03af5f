namespace MapReduce.Memory;

/// <summary>
/// Lends large buffers and takes them back, so that the next attempt of a slot works on pages that the kernel has
/// already given. Safe for concurrent use. Never holds more, lent and free together, than was ever lent at one time.
/// </summary>
internal sealed class MemoryPool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<NativeBuffer> _free = [];
    private long _lent, _mostLent, _freeBytes;

    /// <summary>A buffer of exactly this length: one that was returned, or a fresh one. Its content is arbitrary.</summary>
    public NativeBuffer Rent(long length)
    {
        lock (_lock)
        {
            _lent += length;
            _mostLent = Math.Max(_mostLent, _lent);
            // Last returned first: its pages are the likeliest to be in the cache.
            var index = _free.FindLastIndex(buffer => buffer.Length == length);
            if (index >= 0) return TakeAt(index);
            while (_free.Count > 0 && _lent + _freeBytes > _mostLent) TakeAt(0).Dispose();
        }

        return NativeBuffer.Allocate(length);
    }

    public void Return(NativeBuffer buffer)
    {
        lock (_lock)
        {
            _lent -= buffer.Length;
            _free.Add(buffer);
            _freeBytes += buffer.Length;
        }
    }

    /// <summary>Gives all unused memory back to the system.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            while (_free.Count > 0) TakeAt(_free.Count - 1).Dispose();
        }
    }

    private NativeBuffer TakeAt(int index)
    {
        var buffer = _free[index];
        _free.RemoveAt(index);
        _freeBytes -= buffer.Length;
        return buffer;
    }
}
