using System.Diagnostics;
using System.Security.Cryptography;

namespace AppHost.Tests.Scenarios.Jobs;

/// <summary>Streaming jobs on a cluster against <c>cat | mapper | sort | reducer</c>.</summary>
[Collection(SharedReplicatedCluster.Name)]
public sealed class StreamingTests(ReplicatedCluster replicated)
{
    // Words of the text, each with the number that the dictionary gives it.
    private const string Mapper = """
        #!/usr/bin/env python3
        import sys
        numbers = dict(line.split()[:2] for line in open("dict.txt"))
        for line in sys.stdin:
            for word in line.split():
                print(word, numbers[word], sep="\t")
        """;

    private const string Reducer = """{ if (NR > 1 && $1 != key) print key "\t" sum; if ($1 != key) { key = $1; sum = 0 } sum += $2 } END { if (NR) print key "\t" sum }""";

    private const int Words = 40_000, NumberOfLines = 20_000, Seed = 11;

    private TestCluster Cluster => replicated.Cluster;

    [Fact]
    public async Task Stream_ScriptsAndALargeFile_EqualsThePipeline()
    {
        var folder = Cluster.NewFolder("stream");
        var (random, padding) = (new Random(Seed), new string('-', 100));
        Write(folder, "map.py", Mapper);
        Write(folder, "sum.awk", Reducer);
        Write(folder, "dict.txt", string.Concat(Enumerable.Range(0, Words).Select(word => $"w{word} {random.Next(1_000)} {padding}\n")));
        Write(folder, "text", string.Concat(Enumerable.Range(0, NumberOfLines).Select(_ => $"w{random.Next(Words)} w{random.Next(500)}\n")));
        File.SetUnixFileMode(Path.Combine(folder, "map.py"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.InRange(new FileInfo(Path.Combine(folder, "dict.txt")).Length, 4 << 20, long.MaxValue);

        // Sent to the second master, fetched from both.
        await Command.Of(Cluster.Cluster, Cluster.Cluster.Masters.Reverse()).RunAsync(
            "stream", Path.Combine(folder, "text"), "--output", Path.Combine(folder, "out"), "--mapper", "map.py", "--reducer", "awk -f sum.awk", "--combiner", "awk -f sum.awk",
            "--file", Path.Combine(folder, "map.py"), "--file", Path.Combine(folder, "sum.awk"), "--file", Path.Combine(folder, "dict.txt"), "--split-size", "64KiB", "--reducers", "3");

        Assert.Equal(
            Shell(folder, "cat text | ./map.py | LC_ALL=C sort | awk -f sum.awk | LC_ALL=C sort"),
            Shell(folder, "cat out/part-* | LC_ALL=C sort"));
        Assert.Equal(Copies(folder, "dict.txt"), Copies(folder, "dict.txt").Distinct());
    }

    // The names under which workers have a file: each worker once at most.
    private List<string> Copies(string folder, string name)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name))));
        var copies = Directory.GetFiles(Cluster.Cluster.WorkDirectories, $"*{hash}*", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(copies);
        return [.. copies.Select(copy => Path.GetDirectoryName(copy)!)];
    }

    private static void Write(string folder, string name, string content) => File.WriteAllText(Path.Combine(folder, name), content);

    private static string Shell(string folder, string pipeline)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-o", "pipefail", "-c", pipeline]) { RedirectStandardOutput = true, WorkingDirectory = folder })!;
        var written = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return written;
    }
}
