namespace MapReduce;

/// <summary>Maps lines. One instance for each attempt, used by one thread: it may keep state and buffers.</summary>
/// <typeparam name="TKey">Keys emitted.</typeparam>
/// <typeparam name="TValue">Values emitted.</typeparam>
public interface IMapper<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    /// <summary>Called once, before the first line.</summary>
    void Setup(TaskContext task) { }

    /// <summary>Called for each line, without its end (LF or CRLF). The span is valid during the call.</summary>
    void Map(ReadOnlySpan<byte> line, Emitter<TKey, TValue> output);

    /// <summary>Called once, after the last line of the task.</summary>
    void Finish(Emitter<TKey, TValue> output) { }
}

/// <summary>Maps blocks of many whole lines, for work that needs no call for each line. One instance for each attempt.</summary>
/// <typeparam name="TKey">Keys emitted.</typeparam>
/// <typeparam name="TValue">Values emitted.</typeparam>
public interface IBlockMapper<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    /// <summary>Called once, before the first block.</summary>
    void Setup(TaskContext task) { }

    /// <summary>
    /// Called for each block: whole lines as they stand in the file, each ended by LF but perhaps the last of a file. All lines
    /// of a block are of one file. The span is valid during the call.
    /// </summary>
    void Map(ReadOnlySpan<byte> lines, Emitter<TKey, TValue> output);

    /// <summary>Called once, after the last block of the task.</summary>
    void Finish(Emitter<TKey, TValue> output) { }
}

/// <summary>Maps one line, given as UTF-8 bytes without its end.</summary>
/// <typeparam name="TKey">Keys emitted.</typeparam>
/// <typeparam name="TValue">Values emitted.</typeparam>
/// <param name="line">The line, valid during the call.</param>
/// <param name="output">Takes the records.</param>
public delegate void MapLine<TKey, TValue>(ReadOnlySpan<byte> line, Emitter<TKey, TValue> output)
    where TKey : allows ref struct
    where TValue : allows ref struct;
