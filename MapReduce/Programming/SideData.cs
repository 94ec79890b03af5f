namespace MapReduce;

/// <summary>
/// Data that every task needs whole, such as a list of stop words or the small side of a join: read from a file when it is first
/// asked for, once for each plan on each worker, and kept as long as the plan: that of a job is let go when the job has ended. Safe
/// for concurrent use, as far as the data is.
/// </summary>
/// <typeparam name="T">What is made of the file; tasks share it, and must not change it.</typeparam>
public sealed class SideData<T>
{
    private readonly Lock _reading = new();
    private readonly Func<Stream, T> _read;
    private volatile Read? _value;

    internal SideData(string path, Func<Stream, T> read) => (Path, _read) = (path, read);

    /// <summary>The file, absolute.</summary>
    public string Path { get; }

    /// <summary>The data.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or what reads it fails; the next task tries again.</exception>
    public T Value
    {
        get
        {
            if (_value is { } read) return read.Value;
            lock (_reading) return (_value ??= new Read(Load())).Value;
        }
    }

    private T Load()
    {
        try
        {
            using var file = File.OpenRead(Path);
            return _read(file);
        }
        catch (Exception error)
        {
            throw new InvalidDataException($"The side data '{Path}' cannot be read: {error.Message}", error);
        }
    }

    private sealed record Read(T Value);
}
