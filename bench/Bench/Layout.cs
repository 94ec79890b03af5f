using System.Runtime.InteropServices;

namespace Bench;

/// <summary>Where everything lies: sources in the repository, all that is made in the data folder.</summary>
internal sealed class Layout
{
    public Layout(string data)
    {
        Data = data;
        Repository = FindRepository();
        foreach (string folder in (string[])[Tools, Inputs, Outputs, Scratch]) Directory.CreateDirectory(folder);
    }

    public string Repository { get; }

    public string Data { get; }

    public string Tools => Path.Combine(Data, "tools");

    public string Inputs => Path.Combine(Data, "inputs");

    public string Outputs => Path.Combine(Data, "outputs");

    /// <summary>TMPDIR of every program that is measured, so that all spill to the same disk.</summary>
    public string Scratch => Path.Combine(Data, "scratch");

    /// <summary>The folder that the running SDK lies in.</summary>
    public static string DotnetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    public string Source(string path) => Path.Combine(Repository, "bench", path);

    public string Tool(string name) => Path.Combine(Tools, name);

    public string Output(string name) => Path.Combine(Outputs, name);

    /// <summary>Reports are kept with the sources; those of quick runs are not worth keeping.</summary>
    public string ReportPath(BenchOptions options)
    {
        string folder = options.Quick ? Data : Source("results");
        Directory.CreateDirectory(folder);
        string date = TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd");
        return Path.Combine(folder, $"{date}-{options.ReportName}{(options.Quick ? "-quick" : "")}.md");
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MapReduce.sln"))) return folder.FullName;
        }

        throw new BenchException($"no MapReduce.sln above {AppContext.BaseDirectory}: start the benchmarks with bench/run of a checkout");
    }
}
