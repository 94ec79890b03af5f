using Bench.Measuring;

namespace Bench.Preparing;

/// <summary>A folder of generated files, made once. A smaller set of the same generator is a prefix of a larger one, by file.</summary>
/// <param name="Name">Also the folder's name.</param>
/// <param name="Generator">The program of bench/inputs that makes it.</param>
/// <param name="FileCount">Files in it.</param>
/// <param name="SizePerFile">MiB (text) or records (records) in each.</param>
internal sealed record InputSet(Layout Layout, string Name, string Generator, int FileCount, int SizePerFile)
{
    public string Folder => Path.Combine(Layout.Inputs, Name);

    public IReadOnlyList<string> Files => [.. Directory.GetFiles(Folder).Order(StringComparer.Ordinal)];

    public static long Bytes(IEnumerable<string> files) => files.Sum(file => new FileInfo(file).Length);

    public void Generate(Runner runner)
    {
        if (Directory.Exists(Folder)) return;
        Progress.Say($"generating {Name}");
        string unfinished = Folder + ".unfinished";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        runner.Run(new Command(Layout.Tool(Generator), unfinished, $"{FileCount}", $"{SizePerFile}"));
        Directory.Move(unfinished, Folder);
    }
}
