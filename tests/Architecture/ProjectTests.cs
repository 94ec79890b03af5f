using System.Xml.Linq;

namespace Architecture;

public sealed class ProjectTests
{
    // Project -> the projects it may reference. A new one needs a row, and so a decision.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MapReduce"] = [],
        ["Jobs"] = ["MapReduce"],
        ["App"] = ["MapReduce"],
        ["Csv"] = ["MapReduce"],
        ["Cli"] = ["App", "Jobs", "MapReduce"],
        ["ServiceDefaults"] = [],
        ["MasterService"] = ["MapReduce", "ServiceDefaults"],
        ["WorkerService"] = ["Jobs", "MapReduce", "ServiceDefaults"],
        ["AppHost"] = ["MasterService", "WorkerService"],
    };

    // Tests and benchmarks may use everything.
    private static readonly string[] Free = ["tests", "bench", "docs"];

    public static TheoryData<string> Projects => [.. Allowed.Keys.Where(name => Directory.Exists(Path.Combine(Repository.Root, name)))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfProject_AreInTheTable(string project) =>
        Assert.Empty(Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Except(Allowed[project]));

    [Fact]
    public void Packages_OfLibrary_AreNone() => Assert.Empty(Items("MapReduce", "PackageReference"));

    [Fact]
    public void Packages_OfJobs_AreNone() => Assert.Empty(Items("Jobs", "PackageReference"));

    // A run on one machine starts in a tenth of a second; what a package costs at start-up is part of the decision.
    [Fact]
    public void Packages_OfCommand_AreInTheTable() =>
        Assert.Equal(["OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "System.CommandLine"], Items("Cli", "PackageReference").Order(StringComparer.Ordinal));

    [Fact]
    public void Packages_OfApp_AreInTheTable() =>
        Assert.Equal(["Spectre.Console", "System.CommandLine"], Items("App", "PackageReference").Order(StringComparer.Ordinal));

    [Fact]
    public void Telemetry_OfCommand_IsNamedByTheFileThatLoadsIt() =>
        Assert.Equal(["Cli/Tracing/SpanExport.cs"], Repository.Sources("Cli").Where(file => Repository.Lines(file).Any(line => line.StartsWith("using OpenTelemetry", StringComparison.Ordinal))));

    [Fact]
    public void Assemblies_OfLibrary_AreOnlyTheBaseClassLibrary()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(Repository.Library.GetReferencedAssemblies(), name => Assert.True(File.Exists(Path.Combine(framework, $"{name.Name}.dll")), name.Name));
    }

    [Fact]
    public void Internals_OfLibrary_AreSeenByTestsOnly() =>
        Assert.All(Items("MapReduce", "InternalsVisibleTo"), name => Assert.True(Directory.Exists(Path.Combine(Repository.Root, "tests", name)), name));

    [Fact]
    public void Folders_AtTheTop_AreInTheTable() => Assert.Empty(Repository.TopFolders.Except([.. Allowed.Keys, .. Free]));

    private static IEnumerable<string> Items(string project, string kind) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, project), "*.csproj")
        .SelectMany(file => XDocument.Load(file).Descendants(kind))
        .Select(item => (string)item.Attribute("Include")!);
}
