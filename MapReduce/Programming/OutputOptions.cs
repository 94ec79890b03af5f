namespace MapReduce;

/// <summary>How the files of an output are written, whatever their format. Immutable.</summary>
public sealed record OutputOptions
{
    /// <summary>How they are compressed, by which their names end in .gz or .br. Default: not at all.</summary>
    public OutputCompression Compression { get; init; }

    /// <summary>Leaves out parts without records. Default: each task has a part, be it empty, so that their number tells whether all are there.</summary>
    public bool SkipEmptyParts { get; init; }

    internal static OutputOptions Default { get; } = new();

    internal string Extension => Compression switch { OutputCompression.Gzip => ".gz", OutputCompression.Brotli => ".br", _ => "" };
}

/// <summary>How output files are compressed. The same records give the same bytes: no time, no name is written into them.</summary>
public enum OutputCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By gzip, which every tool reads.</summary>
    Gzip,

    /// <summary>By Brotli: smaller, at about the same speed.</summary>
    Brotli,
}
