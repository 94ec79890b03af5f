using MapReduce.Input;

namespace MapReduce.Map;

/// <summary>A way to write a mapper: lambda, line mapper, block mapper.</summary>
internal interface IMapForm<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    /// <summary>A mapper of its own for one attempt.</summary>
    IMapBody Start(Emitter<TKey, TValue> output, TaskContext task);
}

/// <summary>A mapper at work in one attempt.</summary>
internal interface IMapBody
{
    /// <summary>Maps the lines of a block.</summary>
    /// <returns>How many there were.</returns>
    long Process(in LineBlock block);

    /// <summary>Where in the block the mapper is: the line that user code failed on.</summary>
    int Position { get; }

    /// <summary>Called after the last block.</summary>
    void Finish();
}
