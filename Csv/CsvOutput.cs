using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CsvHelper;

namespace MapReduce.Csv;

/// <summary>A row of CSV for each record.</summary>
internal sealed class CsvOutput<TKey, TValue, T> : OutputFormat<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private readonly Func<TKey, TValue, T> _record;
    private readonly CsvWriterOptions _options;
    private readonly bool _hasHeader;

    public CsvOutput(Func<TKey, TValue, T> record, CsvFormat format)
    {
        if (format.Quote != '"') throw new ArgumentException($"CSV is written with double quotes, not with {format.Quote}: leave Quote as it is.", nameof(format));
        (_record, _hasHeader) = (record, format.HasHeader && typeof(T) != typeof(string[]));
        _options = (typeof(T) == typeof(string[]) ? CsvWriterOptions.Default : CsvWriterOptions.For<T>()) with { Separator = format.Separator, HasHeader = false };
        // Refuses what cannot be written while the job is planned, not in its tasks.
        var nothing = new ArrayBufferWriter<byte>();
        Open().Begin(nothing);
    }

    public override string Extension => _options.Separator == '\t' ? ".tsv" : ".csv";

    public override RecordWriter<TKey, TValue> Open() => new RowWriter(_record, _options, _hasHeader);

    [SuppressMessage("Design", "CA1001", Justification = "A writer into memory holds nothing that must be given back.")]
    private sealed class RowWriter(Func<TKey, TValue, T> record, CsvWriterOptions options, bool hasHeader) : RecordWriter<TKey, TValue>
    {
        private readonly MemoryStream _rows = new();
        private CsvWriter? _csv;

        private CsvWriter Csv => _csv ??= CsvWriter.Create(_rows, options, leaveOpen: true);

        public override void Begin(IBufferWriter<byte> file)
        {
            if (!hasHeader) return;
            Csv.WriteHeader<T>();
            Drain(file);
        }

        public override void Write(TKey key, TValue value, IBufferWriter<byte> file)
        {
            var row = record(key, value);
            try
            {
                if (row is string[] fields) Csv.WriteRecord(fields);
                else Csv.WriteRecord(row);
            }
            catch
            {
                // It may hold half of a row.
                _csv = null;
                _rows.SetLength(0);
                throw;
            }

            Drain(file);
        }

        private void Drain(IBufferWriter<byte> file)
        {
            Csv.Flush();
            file.Write(_rows.GetBuffer().AsSpan(0, (int)_rows.Length));
            _rows.SetLength(0);
        }
    }
}
