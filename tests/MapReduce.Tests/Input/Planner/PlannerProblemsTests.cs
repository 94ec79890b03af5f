using System.IO.Pipes;
using MapReduce.Storage;

namespace MapReduce.Tests.Input.Planner;

public class PlannerProblemsTests : PlannerTest
{
    [Fact]
    public void Plan_MissingInput_IsRefused() => AssertRefused(Spec("none"), "none' does not exist");

    [Fact]
    public void Plan_NoInput_IsRefused() => AssertRefused(Spec(), "No input is named");

    [Fact]
    public void Plan_RelativeInput_IsRefused() => AssertRefused(Spec() with { Inputs = ["in/a"] }, "not an absolute path");

    [Fact]
    public void Plan_EmptyDirectory_IsRefused()
    {
        Folder.Folder("in");
        AssertRefused(Spec("in"), "holds no file to read:");
    }

    [Fact]
    public void Plan_DirectoryOfEmptyDirectories_IsRefused()
    {
        Folder.Folder("in/a/b");
        AssertRefused(Spec("in"), "holds no file to read:");
    }

    [Fact]
    public void Plan_DirectoryOfHiddenFiles_IsRefusedSayingSo()
    {
        Folder.File("in/_a");
        Folder.File("in/.b");
        AssertRefused(Spec("in"), "(2 that start with '.' or '_' were skipped)");
    }

    [Fact]
    public void Plan_UnreadableFile_IsRefused()
    {
        Folder.File("in/a");
        Folder.File("in/b");
        AssertRefused(Spec("in"), "in/b' cannot be read", new RefusingFileSystem(path => path == Folder["in/b"]));
    }

    [Fact]
    public void Plan_UnreadableDirectory_IsRefused()
    {
        Folder.File("in/a/x");
        Folder.File("in/b");
        AssertRefused(Spec("in"), "in/a' cannot be listed", new RefusingFileSystem(path => path == Folder["in/a"]));
    }

    [Fact]
    public void Plan_UnreadableDirectoryAlone_IsOneReason()
    {
        Folder.File("in/x");
        AssertRefused(Spec("in/*"), "in' cannot be listed", new RefusingFileSystem(path => path == Folder["in"]));
    }

    [Fact]
    public void Plan_BrokenLink_IsRefused()
    {
        Folder.Folder("in");
        Folder.Link("in/broken", "none");
        AssertRefused(Spec("in"), "in/broken' cannot be read");
    }

    [Fact]
    public void Plan_LinkToItself_IsRefused()
    {
        Folder.Folder("in");
        Folder.Link("in/self", "self");
        AssertRefused(Spec("in"), "in");
    }

    [Fact]
    public void Plan_OutputInsideInput_IsRefused()
    {
        Folder.File("in/a");
        AssertRefused(Spec("in") with { Output = Folder["in/x/out"] }, "lies inside the input");
    }

    [Fact]
    public void Plan_OutputInsideInputThroughLink_IsRefused()
    {
        Folder.File("in/a");
        Folder.Link("link", "in");
        AssertRefused(Spec("in") with { Output = Folder["link/out"] }, "lies inside the input");
    }

    [Fact]
    public void Plan_InputInsideOutput_IsRefused()
    {
        Folder.File("out/in/a");
        AssertRefused(Spec("out/in/a"), "lies inside the output directory");
    }

    [Fact]
    public void Plan_OutputIsInput_IsRefused()
    {
        Folder.File("in/a");
        AssertRefused(Spec("in") with { Output = Folder["in/"] }, "is the input");
    }

    [Fact]
    public void Plan_OutputWithInputsNameAsPrefix_IsAccepted()
    {
        Folder.File("in/a");
        Assert.NotEmpty(Plan(Spec("in") with { Output = Folder["in-counts"] }).Splits);
    }

    [Fact]
    public void Plan_RelativeOutput_IsRefused()
    {
        Folder.File("a");
        AssertRefused(Spec("a") with { Output = "out" }, "Output 'out' is not an absolute path");
    }

    [Fact]
    public void Plan_PseudoFileWithData_IsRefused() =>
        AssertRefusedIfPresent("/proc/self/status", "holds data");

    [Fact]
    public void Plan_Device_IsRefused() => AssertRefusedIfPresent("/dev/zero", "holds data");

    [Fact]
    public void Plan_FileThatGrowsMeanwhile_IsRefused()
    {
        var path = Folder.File("a");
        var appends = new RefusingFileSystem(_ =>
        {
            File.AppendAllText(path, "more");
            return false;
        });
        AssertRefused(Spec("a"), "had 2 bytes when it was found, and 6 when it was opened", appends);
    }

    [Fact]
    public void Plan_Pipe_IsRefused()
    {
        // What a shell's <(command) gives; only Linux shows it under this path.
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        AssertRefusedIfPresent($"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}", "is not a regular file");
    }

    [Fact]
    public void Plan_SeveralProblems_AllReportedAtOnce()
    {
        Folder.Folder("empty");
        var spec = Spec("none", "none/*", "empty") with { Output = Folder["empty/out"], Reducers = -1, SplitSize = -1, MemoryPerSlot = 1 };
        Assert.Equal(7, Reasons(spec).Count);
    }

    private void AssertRefusedIfPresent(string path, string text)
    {
        // Only Unix has these; elsewhere the path itself is refused.
        var known = PhysicalFileSystem.Instance.Find(path) is not null;
        AssertRefused(Spec() with { Inputs = [path] }, known ? text : path);
    }
}
