namespace MapReduce.Output;

/// <summary>Sees the records that one attempt writes. For tests of jobs.</summary>
internal interface IRecordWatch
{
    /// <summary>A format that writes as another does, under watch.</summary>
    /// <param name="output">The output's name: <c>part</c>, or that of a named output.</param>
    /// <param name="format">The output's own format.</param>
    OutputFormat<TKey, TValue> Watch<TKey, TValue>(string output, OutputFormat<TKey, TValue> format)
        where TKey : allows ref struct
        where TValue : allows ref struct;
}
