namespace MapReduce.Testing;

/// <summary>What one attempt wrote to one output.</summary>
/// <param name="name">The output: <c>part</c>, or the name of a named output.</param>
/// <param name="key">The type of its keys.</param>
/// <param name="value">The type of its values.</param>
internal sealed class WrittenOutput(string name, Type key, Type value)
{
    public string Name => name;

    public Type Key => key;

    public Type Value => value;

    public List<WrittenRecord> Records { get; } = [];

    /// <summary>What a file without records holds: a header, in some formats.</summary>
    public byte[] Empty { get; set; } = [];

    /// <summary>Why records cannot be given as objects; null where they can.</summary>
    public string? Flaw { get; set; }
}

/// <summary>A record, as one sees it in a file and as the engine carries it.</summary>
/// <param name="File">A file that holds nothing else: the same whatever stands before and behind it elsewhere.</param>
/// <param name="Key">The key as its codec encodes it.</param>
/// <param name="Value">The value as its codec encodes it.</param>
internal sealed record WrittenRecord(byte[] File, byte[] Key, byte[] Value);
