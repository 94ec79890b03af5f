namespace MapReduce.Csv;

/// <summary>CSV as an output of a plan.</summary>
public static class CsvResults
{
    /// <summary>
    /// Writes a row of CSV for each record, as RFC 4180 has it, with a header in each part: one part, which ends in .csv or .tsv, for each
    /// task of the last step.
    /// </summary>
    /// <param name="results">The records.</param>
    /// <param name="record">
    /// Makes the row: a partial type with CsvHelper's <c>[CsvRecord]</c>, whose properties are the fields; or <c>string[]</c>, the fields
    /// as they are, without a header.
    /// </param>
    /// <param name="format">Separator and header; null (the default) for commas and a header.</param>
    /// <param name="options">Compression, and what becomes of empty parts; null (the default) for neither.</param>
    /// <exception cref="ArgumentException">The separator is not ASCII, or the quote is not <c>"</c>.</exception>
    /// <exception cref="InvalidOperationException">The type is not marked.</exception>
    public static JobPlan WriteCsv<TKey, TValue, T>(this Results<TKey, TValue> results, Func<TKey, TValue, T> record, CsvFormat? format = null, OutputOptions? options = null)
        where TKey : allows ref struct
        where TValue : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(record);
        return results.Write(new CsvOutput<TKey, TValue, T>(record, format ?? new CsvFormat()) { Options = options ?? new OutputOptions() });
    }
}
