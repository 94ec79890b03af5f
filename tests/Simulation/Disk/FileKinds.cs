namespace Simulation.Disk;

/// <summary>Tells the part that a file plays by where it lies.</summary>
internal static class FileKinds
{
    /// <summary>The kind; null when nothing of the kind is known there.</summary>
    public static FileKind? Of(ReadOnlySpan<char> path)
    {
        if (TryEnter(ref path, "/master")) return InDataFolder(path);
        if (TryEnter(ref path, "/scratch")) return InScratch(path);
        if (path is "/") return FileKind.Root;
        if (path is "/data") return FileKind.OutputParent;
        if (path.StartsWith("/data/in")) return FileKind.Input;
        if (!path.StartsWith("/data/out")) return null;
        var end = path["/data/".Length..].IndexOf('/');
        return end < 0 ? FileKind.OutputFolder : InOutput(path[("/data/".Length + end + 1)..]);
    }

    private static FileKind? InDataFolder(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty) return FileKind.DataFolder;
        if (path is "jobs") return FileKind.JobsFolder;
        if (!path.StartsWith("jobs/")) return Draft(ref path) ? Only(path is "id", FileKind.IdDraft) : Only(path is "id", FileKind.Id);
        path = path["jobs/".Length..];
        var end = path.IndexOf('/');
        return end < 0 ? FileKind.JobFolder : InJobFolder(path[(end + 1)..]);
    }

    private static FileKind? InJobFolder(ReadOnlySpan<char> name)
    {
        var isDraft = Draft(ref name);
        return name switch
        {
            "plan" => isDraft ? FileKind.PlanDraft : FileKind.Plan,
            "replaced" => isDraft ? FileKind.ReplacedDraft : FileKind.Replaced,
            "job" => isDraft ? FileKind.JobDraft : FileKind.Job,
            "outcome" => isDraft ? FileKind.OutcomeDraft : FileKind.Outcome,
            "committed" => isDraft ? FileKind.CommittedDraft : FileKind.Committed,
            "events" => isDraft ? FileKind.EventsDraft : FileKind.Events,
            "ended" => isDraft ? FileKind.EndedDraft : FileKind.Ended,
            _ => null,
        };
    }

    private static FileKind? InOutput(ReadOnlySpan<char> path)
    {
        if (TryEnter(ref path, "_temporary")) return InTemporary(path);
        if (path is "_SUCCESS") return FileKind.Success;
        return Only(IsPart(path), FileKind.FinalPart);
    }

    // <J>/<step>/<task>/<token>/<part>
    private static FileKind? InTemporary(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty) return FileKind.Temporary;
        if (path is "owner") return FileKind.Owner;
        var end = path.IndexOf('/');
        if (end < 0) return FileKind.JobTemporary;
        path = path[(end + 1)..];
        if (TryEnter(ref path, "claim")) return InClaim(path);
        var depth = path.Count('/');
        if (depth < 3) return FileKind.AttemptFolder;
        return Only(depth == 3 && IsPart(path[(path.LastIndexOf('/') + 1)..]), FileKind.Part);
    }

    private static FileKind? InClaim(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return FileKind.ClaimFolder;
        if (TryEnter(ref name, "old")) return name.IsEmpty ? FileKind.OldFolder : FileKind.Old;
        var isDraft = Draft(ref name);
        return name switch
        {
            "owner" => isDraft ? FileKind.OwnerDraft : FileKind.ReleasedOwner,
            "_SUCCESS" => Only(isDraft, FileKind.SuccessDraft),
            _ => null,
        };
    }

    // <worker>/<J>/<task>/<token>/<file>
    private static FileKind? InScratch(ReadOnlySpan<char> path)
    {
        var depth = path.Count('/');
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (depth == 1 && name is "space-probe") return FileKind.SpaceProbe;
        if (depth < 4) return FileKind.ScratchFolder;
        if (depth > 4) return null;
        return name is "output" ? FileKind.MapOutput : Only(name.StartsWith("run-"), FileKind.Run);
    }

    private static FileKind? Only(bool isIt, FileKind kind) => isIt ? kind : null;

    // Parts, and what the tiny jobs write beside them.
    private static bool IsPart(ReadOnlySpan<char> name) => (name.StartsWith("part-") || name.StartsWith("lines-") || name.StartsWith("keys-") || name is ".records") && !name.Contains('/');

    /// <summary>Takes a folder off the front of a path, and the separator after it.</summary>
    private static bool TryEnter(ref ReadOnlySpan<char> path, ReadOnlySpan<char> folder)
    {
        if (!path.StartsWith(folder)) return false;
        if (path.Length == folder.Length) path = [];
        else if (path[folder.Length] == '/') path = path[(folder.Length + 1)..];
        else return false;
        return true;
    }

    /// <summary>Takes the suffix of a draft off a name.</summary>
    private static bool Draft(ref ReadOnlySpan<char> name)
    {
        var at = name.IndexOf(".draft-");
        if (at < 0) return false;
        name = name[..at];
        return true;
    }
}
