using CsvHelper;

namespace Csv.Tests;

/// <summary>A record as a user declares it.</summary>
[CsvRecord]
public sealed partial record Order(string Name, decimal Total, DateOnly? Day);
