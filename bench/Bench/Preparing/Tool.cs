using Bench.Measuring;

namespace Bench.Preparing;

/// <summary>A program that must be installed.</summary>
/// <param name="Program">Its name or path.</param>
/// <param name="Package">The package of Debian and Ubuntu that has it.</param>
internal sealed record Tool(string Program, string Package)
{
    public static readonly Tool Time = new("/usr/bin/time", "time");
    public static readonly Tool Compiler = new("gcc", "gcc");
    public static readonly Tool CLibrary = new("/usr/include/math.h", "libc6-dev");
    public static readonly Tool Ripgrep = new("rg", "ripgrep");
    public static readonly Tool Node = new("node", "nodejs");
    public static readonly Tool Redis = new("redis-server", "redis-server");
    public static readonly Tool Npm = new("npm", "npm");

    public bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>Installs those that are missing.</summary>
    /// <exception cref="BenchException">apt-get could not; the message has its output.</exception>
    public static void Install(Runner runner, IEnumerable<Tool> tools)
    {
        string[] packages = [.. tools.Where(tool => !tool.IsInstalled).Select(tool => tool.Package).Distinct()];
        if (packages.Length == 0) return;
        Progress.Say($"installing {string.Join(' ', packages)}");
        string[] asRoot = Environment.UserName == "root" ? [] : ["sudo", "-n"];
        foreach (string[] step in (string[][])[["update"], ["install", "-y", "--no-install-recommends", .. packages]])
        {
            string[] all = [.. asRoot, "apt-get", .. step];
            runner.Run(new Command(all[0], all[1..]));
        }
    }
}
