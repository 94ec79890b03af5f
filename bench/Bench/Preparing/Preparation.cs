using Bench.Comparing;
using Bench.Measuring;

namespace Bench.Preparing;

/// <summary>Makes a fresh machine ready: tools, programs, peers, inputs. What is there already is kept.</summary>
internal static class Preparation
{
    public static void Run(Layout layout, IReadOnlyList<Comparison> comparisons)
    {
        var runner = new Runner(layout);
        Tool[] tools = [Tool.Time, Tool.Compiler, Tool.CLibrary, .. comparisons.SelectMany(comparison => comparison.Tools)];
        Tool.Install(runner, tools);
        foreach (string generator in (string[])["gen_text", "gen_tera"]) Compile(layout, runner, generator);
        foreach (string project in comparisons.SelectMany(comparison => comparison.Projects).Distinct()) Publish(layout, runner, project);
        foreach (string project in comparisons.SelectMany(comparison => comparison.Builds).Distinct()) Build(layout, runner, project);
        if (tools.Contains(Tool.Npm)) InstallPeers(layout, runner);
        foreach (var input in comparisons.SelectMany(comparison => comparison.Inputs).Distinct()) input.Generate(runner);
    }

    private static void Compile(Layout layout, Runner runner, string generator) =>
        runner.Run(new Command("gcc", "-O2", "-o", layout.Tool(generator), layout.Source($"inputs/{generator}.c"), "-lm"));

    /// <summary>All C# programs are published alike, compiled ahead of time, ours and the limit.</summary>
    private static void Publish(Layout layout, Runner runner, string project)
    {
        Progress.Say($"publishing {project}");
        string folder = Path.Combine(layout.Repository, project);
        runner.Run(new Command(
            "dotnet", "publish", folder, "--configuration", "Release", "--runtime", "linux-x64", "--self-contained", "false",
            "--output", layout.Tool(Path.GetFileName(project)), "--artifacts-path", Path.Combine(layout.Data, "artifacts"),
            "-p:PublishReadyToRun=true", "-p:RestoreLockedMode=false",
            $"-p:CustomBeforeDirectoryBuildProps={layout.Source("publish.props")}"));
    }

    private static void Build(Layout layout, Runner runner, string project)
    {
        Progress.Say($"building {project}");
        runner.Run(new Command("dotnet", "build", Path.Combine(layout.Repository, project), "--configuration", "Release"));
    }

    private static void InstallPeers(Layout layout, Runner runner)
    {
        string folder = layout.Tool("peers"), installed = Path.Combine(folder, "node_modules/installed-lock.json");
        string wanted = layout.Source("peers/package-lock.json");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(layout.Source("peers"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        if (File.Exists(installed) && File.ReadAllText(installed) == File.ReadAllText(wanted)) return;
        Progress.Say("installing the peers from npm");
        // Not "npm ci": it refuses a lock file without the packages of other systems, which not every registry has.
        runner.Run(new Command("npm", "install", "--no-save", "--no-audit", "--no-fund") { Directory = folder });
        File.Copy(wanted, installed);
    }
}
