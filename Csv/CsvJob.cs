namespace MapReduce.Csv;

/// <summary>CSV as an input of a plan.</summary>
public static class CsvJob
{
    extension(Job)
    {
        /// <summary>
        /// The input as rows of CSV, each a record. <typeparamref name="T"/> is a partial type with CsvHelper's <c>[CsvRecord]</c>,
        /// whose generator writes the code that fills it; or <c>string[]</c>, which takes the fields as they are.
        /// Blank lines are passed over. A row is bad when a field cannot be converted, a quote is misplaced, or, with a header, it has
        /// more or fewer fields than that.
        /// </summary>
        /// <param name="format">How the files are written; null (the default) for commas and a header.</param>
        /// <param name="input">The input's name; null (the default) for all paths of the job.</param>
        /// <exception cref="ArgumentException">Separator or quote is not ASCII, or both are the same.</exception>
        /// <exception cref="InvalidOperationException">The type is not marked.</exception>
        public static Records<T> ReadCsv<T>(CsvFormat? format = null, string? input = null) => Job.Read(new CsvInput<T>(format ?? new CsvFormat()), input);
    }
}
