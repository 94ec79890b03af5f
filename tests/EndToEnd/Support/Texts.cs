namespace EndToEnd.Support;

/// <summary>A text to run jobs over, with what GNU tools make of it.</summary>
internal sealed class InputText(string folder, string answers)
{
    private readonly Dictionary<string, byte[]> _known = [];

    /// <summary>Words as wordcount takes them, counted by GNU tools.</summary>
    public const string CountWords = """cat "$@" | tr -s ' \t\v\f\r' '\n' | { grep -v '^$' || true; } | sort | uniq -c | sed -E 's/^ *([0-9]+) (.*)$/\2\t\1/' | sort""";

    public string Folder => folder;

    /// <summary>What a script writes that gets the text's files as arguments, in order; run once for all tests.</summary>
    public async Task<byte[]> AnswerAsync(string script)
    {
        if (_known.TryGetValue(script, out var known)) return known;
        var path = Path.Combine(answers, "answer");
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal);
        await Programs.BashAsync($$"""to=$1; shift; { {{script}}; } > "$to" """, [path, .. files]);
        return _known[script] = await File.ReadAllBytesAsync(path);
    }
}

/// <summary>The texts of all tests, made once and deleted at the end.</summary>
public sealed class Texts : IDisposable
{
    // More than 128 splits of 64 KiB: with 16 MiB of memory a reduce task must merge in two passes.
    private const int Bytes = 9 << 20;
    private const int Vocabulary = 200_000;
    private const int Seed = 42;
    private const long MostRealText = 6 << 20;

    private readonly string _root = Directory.CreateTempSubdirectory("mapreduce-end-to-end-").FullName;
    private int _outputs;

    public Texts()
    {
        Generated = Create("generated");
        Real = Create("real");
        new ZipfText(Seed, Vocabulary).Write(Path.Combine(Generated.Folder, "a.txt"), Bytes);
        File.WriteAllText(Path.Combine(Generated.Folder, "b.txt"), "the end\r\nof\tthe  lines\r\n\r\n\nis not always\nthe same");
        foreach (var file in RealFiles()) File.Copy(file, Path.Combine(Real.Folder, Path.GetFileName(file)));
    }

    internal InputText Generated { get; }

    /// <summary>The documentation of the framework's classes, which every SDK has.</summary>
    internal InputText Real { get; }

    /// <summary>An output directory that does not exist yet.</summary>
    public string NewOutput() => Path.Combine(_root, $"out-{_outputs++}");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private InputText Create(string name) =>
        new(Directory.CreateDirectory(Path.Combine(_root, name)).FullName, Directory.CreateDirectory(Path.Combine(_root, name + "-answers")).FullName);

    private static IEnumerable<string> RealFiles()
    {
        var packs = Path.Combine(Programs.DotnetRoot, "packs");
        var files = Directory.GetFiles(packs, "*.xml", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "FrameworkList.xml");
        var bytes = 0L;
        return files.DistinctBy(Path.GetFileName).OrderBy(Path.GetFileName, StringComparer.Ordinal).TakeWhile(file => (bytes += new FileInfo(file).Length) < MostRealText);
    }
}

/// <summary>Tests on the texts run one after the other: each runs a job on all processors.</summary>
[CollectionDefinition(Name)]
public sealed class TextTests : ICollectionFixture<Texts>
{
    public const string Name = "texts";
}
