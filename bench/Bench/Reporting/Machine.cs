using System.Runtime.InteropServices;
using Bench.Measuring;

namespace Bench.Reporting;

/// <summary>What the figures were measured on, as Markdown list items.</summary>
internal static class Machine
{
    public static string Describe(Layout layout)
    {
        var runner = new Runner(layout);
        string First(string program, params string[] arguments)
        {
            string output = layout.Output("version");
            runner.Run(new Command(program, arguments) { StandardOutput = output, Directory = layout.Repository });
            return File.ReadLines(output).FirstOrDefault("");
        }

        string[] items =
        [
            $"processor: {Field("/proc/cpuinfo", "model name")}, {Environment.ProcessorCount} logical processors",
            $"memory: {long.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0]) >> 10} MiB",
            $"system: {RuntimeInformation.OSDescription}, kernel {First("uname", "-r")}",
            $".NET: SDK {First("dotnet", "--version")}, runtime {Environment.Version}",
            $"GNU sort: {First("sort", "--version")}",
            .. Preparing.Tool.Ripgrep.IsInstalled ? (string[])[$"ripgrep: {First("rg", "--version")}"] : [],
            $"source: {First("git", "describe", "--always", "--dirty")}",
        ];
        return string.Concat(items.Select(item => $"* {item}\n"));
    }

    private static string Field(string path, string name) =>
        File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
}
