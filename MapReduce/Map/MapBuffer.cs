using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Collects what a map task emits, partitions, combines and sorts it, and writes the map output.</summary>
internal abstract class MapBuffer<TKey, TValue>(Workspace workspace, bool batches) : Emitter<TKey, TValue>(batches)
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private readonly AttemptFault _torn = new();

    protected Workspace Workspace { get; } = workspace;

    /// <summary>Writes the map output: one run with a segment for each partition that has records.</summary>
    public abstract RunFile Complete(string path);

    /// <summary>
    /// Remembers that the buffer was left half emptied; a condition for <c>when</c>, always false. A mapper may catch what Emit
    /// throws: the records that are lost by then must never be missing from an output.
    /// </summary>
    protected bool Tear(Exception error)
    {
        if (error is OutOfMemoryException) Workspace.Fault.Note(error);
        return _torn.Note(error);
    }

    /// <summary>Refuses to go on with a buffer that was left half emptied.</summary>
    protected void ThrowIfTorn() => _torn.Rethrow();
}
