using System.Diagnostics;
using System.Text;
using MapReduce;
using MapReduce.Csv;
using MapReduce.Local;
using MapReduce.Protocol;

namespace Csv.Tests;

/// <summary>CSV as an output, read back by Python.</summary>
public class WriteCsvTests
{
    private static readonly string[] Names = ["plain", "a,b", "say \"hi\"", " space ", "tab\there", "ü", "'", ";"];

    private static Results<string, int> Records => Job.ReadLines().Map(line => new[] { (Names[int.Parse(line.Text)], int.Parse(line.Text)) }).Reduce((_, values) => values.Single());

    [Fact]
    public void WriteCsv_Records_AreReadByPython()
    {
        var plan = Records.WriteCsv((name, number) => new Order(name + "\r\nnext", number + 0.5m, number > 3 ? new DateOnly(2024, 2, number) : null));
        var rows = Python(plan, "part-r-00000.csv");
        Assert.Equal("Name|Total|Day", rows[0]);
        Assert.Equal(
            Names.Select((name, i) => $"{name}<next|{i}.5|{(i > 3 ? $"2024-02-0{i}" : "")}").Order(StringComparer.Ordinal),
            rows.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WriteCsv_Fields_HaveNoHeader() =>
        Assert.Equal(
            Names.Select((name, i) => $"{name}|{i}").Order(StringComparer.Ordinal),
            Python(Records.WriteCsv((name, number) => new[] { name, $"{number}" }), "part-r-00000.csv").Order(StringComparer.Ordinal));

    [Fact]
    public void WriteCsv_Tsv_EndsInTsv() =>
        Assert.Contains("a,b\t1\r\n", Content(Records.WriteCsv((name, number) => new[] { name, $"{number}" }, CsvFormat.Tsv), "part-r-00000.tsv"), StringComparison.Ordinal);

    [Fact]
    public void WriteCsv_NoRecords_IsTheHeader() =>
        Assert.Equal("Name,Total,Day\r\n", Content(Records.WriteCsv((name, number) => new Order(name, number, null)), "part-r-00000.csv", []));

    [Fact]
    public void WriteCsv_TypeThatIsNotMarked_IsRefusedWhenPlanned() =>
        Assert.Throws<InvalidOperationException>(() => Records.WriteCsv((name, number) => new Uri(name)));

    private static string Content(JobPlan plan, string part) => Content(plan, part, Enumerable.Range(0, Names.Length));

    // In one part: the header of each is a line of its own.
    private static string Content(JobPlan plan, string part, IEnumerable<int> numbers)
    {
        var folder = Directory.CreateTempSubdirectory("mapreduce-csv-").FullName;
        try
        {
            var (input, output) = (Path.Combine(folder, "in"), Path.Combine(folder, "out"));
            File.WriteAllLines(input, numbers.Select(number => $"{number}"));
            var spec = new JobSpec { Job = "csv", Inputs = [input], Output = output, Reducers = 1, MemoryPerSlot = 16 << 20, Steps = plan.Shapes };
            var status = LocalCluster.RunAsync(plan, spec, new LocalClusterOptions { Workers = 1 }, progress: null, CancellationToken.None).GetAwaiter().GetResult();
            Assert.True(status.State == JobState.Succeeded, status.Error);
            return File.ReadAllText(Path.Combine(output, part));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Each row with bars between its fields, the line ends in it as '<'.
    private static List<string> Python(JobPlan plan, string part)
    {
        const string Script = "import csv,sys,io\nfor row in csv.reader(io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='')):\n  print('|'.join(row).replace('\\r\\n', '<'))";
        using var process = Process.Start(new ProcessStartInfo("python3", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(Content(plan, part)));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return [.. output.Split('\n').SkipLast(1)];
    }
}
