using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>
/// The files that an attempt writes into its folder of the output: its part, named outputs, side files. They become visible only if
/// the attempt wins and its job commits. Belongs to one attempt; not safe for concurrent use.
/// </summary>
/// <param name="create">Creates a file in the attempt's folder.</param>
/// <param name="task">The task.</param>
/// <param name="isOnlyStep">False where another step may have a task of the same number.</param>
/// <param name="workspace">The attempt's.</param>
/// <param name="watch">Sees the records that are for the job's output; null (the default) for nobody.</param>
internal sealed class AttemptFiles(Func<string, IFileWriter> create, TaskId task, bool isOnlyStep, Workspace workspace, IRecordWatch? watch = null) : IStage, IDisposable
{
    // Each open file has a buffer and a handle; and of each the master keeps a line.
    private const int MostOpen = 64, Most = 1000;
    private const int LargeBuffer = 256 << 10, SmallBuffer = 16 << 10;

    private readonly List<IAttemptFile> _files = [];
    private readonly Dictionary<string, IAttemptFile> _beside = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    // Where bad records are left out: the files that may be written to, those that the current record asked for first, and those
    // that so far only bad ones did.
    private readonly List<IAttemptFile> _staged = [], _asked = [];
    private readonly HashSet<IAttemptFile> _unwanted = [];
    private bool _isStaged;

    /// <summary>The task's part of the output.</summary>
    public PartWriter<TKey, TValue> Part<TKey, TValue>(OutputFormat<TKey, TValue> format)
        where TKey : allows ref struct
        where TValue : allows ref struct
    {
        var name = format.PartOf(task);
        if (OutputNames.IsOfOutput(name)) format = Watched(OutputNames.PartName, format);
        var part = format.Open(Sink($"{name}{format.Extension}{format.Options.Extension}", format.Options.Compression), LargeBuffer);
        Add(part);
        return part;
    }

    /// <summary>A file beside the part.</summary>
    /// <exception cref="InvalidOperationException">There is one of that name, or there are too many.</exception>
    public Stream CreateFile(string name) => Free<SideFileStream>(name) ?? Add(name, OpenBeside(name));

    /// <summary>A file of text beside the part.</summary>
    /// <exception cref="InvalidOperationException">There is one of that name, or there are too many.</exception>
    public TextWriter CreateTextFile(string name) => Free<SideFileWriter>(name) ?? Add(name, new SideFileWriter(OpenBeside(name)));

    /// <summary>A named output, the same one for the same name.</summary>
    /// <exception cref="InvalidOperationException">The name stands for a file, or for an output of other types, or there are too many.</exception>
    public Writer<TKey, TValue> Output<TKey, TValue>(string name, OutputFormat<TKey, TValue>? format)
        where TKey : allows ref struct
        where TValue : allows ref struct
    {
        if (_beside.TryGetValue(name, out var known))
        {
            Want(known);
            return known as Writer<TKey, TValue> ?? throw Taken(name);
        }

        format = Watched(name, format ?? new TextOutput<TKey, TValue>());
        return Add(name, format.Open(Beside($"{name}{format.Extension}{format.Options.Extension}", format.Options.Compression), SmallBuffer));
    }

    /// <summary>True when there is nothing to write, as in most map attempts.</summary>
    public bool IsEmpty => _files.Count == 0;

    /// <summary>Completes and closes all files.</summary>
    /// <returns>What they are, the part first.</returns>
    /// <exception cref="InvalidOperationException">One that was to be closed by user code was not.</exception>
    public IReadOnlyList<OutputFile> Complete()
    {
        // A file may be open because it could not be closed, which user code may have caught.
        workspace.Fault.Rethrow();
        return [.. _files.Where(file => !(file.IsEmpty && _unwanted.Contains(file))).Select(file => file.Complete()).OfType<OutputFile>()];
    }

    /// <summary>From now on what is written to any file waits until it is said whether it stands.</summary>
    public void Stage()
    {
        _isStaged = true;
        foreach (var file in _files) Stage(file);
        _asked.Clear();
    }

    public void Keep()
    {
        for (var i = _staged.Count - 1; i >= 0; i--)
        {
            _staged[i].Keep();
            if (!_staged[i].IsOpen) _staged.RemoveAt(i);
        }

        _asked.Clear();
    }

    public void Drop()
    {
        foreach (var file in _staged) file.Drop();
        _unwanted.UnionWith(_asked);
        _asked.Clear();
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Abandon();
    }

    private OutputFormat<TKey, TValue> Watched<TKey, TValue>(string output, OutputFormat<TKey, TValue> format)
        where TKey : allows ref struct
        where TValue : allows ref struct =>
        watch?.Watch(output, format) ?? format;

    private SideFileStream OpenBeside(string name) => new(Beside(name, OutputCompression.None));

    // Null where the name was never taken, and the file where no record that stands has taken it.
    private T? Free<T>(string name)
        where T : class, IAttemptFile
    {
        if (!_beside.TryGetValue(name, out var known)) return null;
        return known is T { IsEmpty: true } file && Want(file) ? file : throw Taken(name);
    }

    private OutputSink Beside(string name, OutputCompression compression)
    {
        // What only bad records asked for takes nobody's place, or good records would turn bad for want of one.
        if (_beside.Count - _unwanted.Count >= Most)
            throw new InvalidOperationException($"'{name}' would be one more than the {Most} files that a task may write beside its part: write more into each.");
        if (_beside.Values.Count(file => file.IsOpen && !_unwanted.Contains(file)) >= MostOpen)
            throw new InvalidOperationException($"'{name}' would be one more than the {MostOpen} files that a task may have open: close some, or write more into each.");
        // An output may get the ending of its format, with which a file was named.
        if (!_taken.Add(name)) throw Taken(name);
        return Sink(OutputNames.Beside(name, task, isOnlyStep), compression);
    }

    private T Add<T>(string name, T file)
        where T : IAttemptFile
    {
        _beside.Add(name, file);
        Add(file);
        return file;
    }

    private void Add(IAttemptFile file)
    {
        _files.Add(file);
        if (_isStaged) Stage(file);
    }

    private void Stage(IAttemptFile file)
    {
        file.Stage();
        _staged.Add(file);
        _asked.Add(file);
    }

    // True for a file that bad records only have asked for: to this record it is new.
    private bool Want(IAttemptFile file)
    {
        if (!_unwanted.Remove(file)) return false;
        _asked.Add(file);
        return true;
    }

    private OutputSink Sink(string name, OutputCompression compression) => new(name, compression, create, workspace);

    private static InvalidOperationException Taken(string name) => new($"This task has written '{name}' as something else already: choose another name.");
}
