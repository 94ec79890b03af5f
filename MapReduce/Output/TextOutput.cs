namespace MapReduce.Output;

/// <summary>Lines of <c>key TAB value</c>, written without a detour.</summary>
internal sealed class TextOutput<TKey, TValue> : OutputFormat<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public override RecordWriter<TKey, TValue> Open() => throw new NotSupportedException("Text has a writer of its own.");

    internal override PartWriter<TKey, TValue> Open(OutputSink sink, int writeSize) => new TextPart<TKey, TValue>(sink, writeSize, Options.SkipEmptyParts);
}
