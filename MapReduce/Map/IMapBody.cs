using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>A way to write a mapper: lambda, line mapper, block mapper, records of a format.</summary>
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
    /// <summary>Reads a piece of the input and maps its records.</summary>
    /// <param name="piece">What to read.</param>
    /// <param name="workspace">The attempt's.</param>
    /// <param name="bad">Takes the records that are bad; null where the first fails the attempt.</param>
    /// <exception cref="UserCodeException">The mapper failed; names the file and the record's offset.</exception>
    /// <exception cref="Input.InputException">The input is not what it was when the job was planned, or not of its format.</exception>
    void Map(InputPiece piece, Workspace workspace, BadRecords? bad);

    /// <summary>Called after the last piece.</summary>
    void Finish();
}
