namespace AppHost.Tests.Support;

/// <summary>Where the programs under test were built.</summary>
internal static class Checkout
{
    // The tests run from <project>/bin/<configuration>/<framework>.
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root { get; } = Ancestors().First(folder => File.Exists(Path.Combine(folder.FullName, "MapReduce.sln"))).FullName;

    public static string AppHost => Built("AppHost", "MapReduce.AppHost.dll");

    public static string MasterService => Built("MasterService", "MapReduce.MasterService.dll");

    public static string WorkerService => Built("WorkerService", "MapReduce.WorkerService.dll");

    public static string Cli => Built("Cli", "mapreduce.dll");

    private static string Built(string project, string file)
    {
        var path = Path.Combine(Root, project, "bin", Here.Parent!.Name, Here.Name, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: build {project} in the configuration of the tests first");
    }

    private static IEnumerable<DirectoryInfo> Ancestors()
    {
        for (var folder = Here; folder is not null; folder = folder.Parent) yield return folder;
    }
}
