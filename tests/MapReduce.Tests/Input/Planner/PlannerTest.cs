using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Tests.Input.Planner;

/// <summary>A planner over real files in a folder of its own.</summary>
public abstract class PlannerTest : IDisposable
{
    private readonly TempFolder _folder = new();

    internal TempFolder Folder => _folder;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected JobSpec Spec(params string[] inputs) => new()
    {
        Job = "test",
        Inputs = [.. inputs.Select(input => Folder[input])],
        Output = Folder["out"],
        Steps = [new StepShape(HasReduce: true, IsSampled: false, Folds: false)],
    };

    protected static InputPlan Plan(JobSpec spec, IFileSystem? files = null) => new InputPlanner(files ?? PhysicalFileSystem.Instance).Plan(spec);

    /// <summary>The files that the plan reads, relative to the folder, in the order in which it does.</summary>
    protected string[] FilesOf(JobSpec spec) =>
        [.. Plan(spec).Splits.SelectMany(split => split.Pieces).Select(piece => Path.GetRelativePath(Folder.Path, piece.Path)).Distinct()];

    protected static IReadOnlyList<string> Reasons(JobSpec spec, IFileSystem? files = null) =>
        Assert.Throws<JobRejectedException>(() => Plan(spec, files)).Reasons;

    /// <summary>The only reason for the refusal, which must hold the text.</summary>
    protected static void AssertRefused(JobSpec spec, string text, IFileSystem? files = null) =>
        Assert.Contains(text, Assert.Single(Reasons(spec, files)), StringComparison.Ordinal);
}
