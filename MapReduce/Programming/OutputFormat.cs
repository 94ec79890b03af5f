using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce;

/// <summary>
/// How records become files. One instance for each plan, used by many attempts at once: what a file needs is kept in its writer.
/// Derive from it for a format of one's own, and give it to <see cref="Results{TKey, TValue}.Write"/>.
/// </summary>
/// <typeparam name="TKey">Keys.</typeparam>
/// <typeparam name="TValue">Values.</typeparam>
public abstract class OutputFormat<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    /// <summary>Compression, and what becomes of empty parts. Default: neither is anything special.</summary>
    public OutputOptions Options { get; init; } = OutputOptions.Default;

    /// <summary>What file names end in, such as <c>.json</c>, before the ending of the compression. Default: nothing.</summary>
    public virtual string Extension => "";

    /// <summary>What writes one file.</summary>
    public abstract RecordWriter<TKey, TValue> Open();

    internal virtual string PartOf(TaskId task) => OutputNames.Part(task);

    internal virtual PartWriter<TKey, TValue> Open(OutputSink sink, int writeSize) => new FormattedPart<TKey, TValue>(Open(), sink, writeSize, Options.SkipEmptyParts);
}
