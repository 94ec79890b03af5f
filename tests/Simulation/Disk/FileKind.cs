namespace Simulation.Disk;

/// <summary>The part that a file or folder plays, told by its path. What it begins as, its draft, is a kind of its own.</summary>
internal enum FileKind
{
    Root, DataFolder, JobsFolder, JobFolder,
    Id, IdDraft,
    Plan, PlanDraft,
    Replaced, ReplacedDraft,
    Job, JobDraft,
    Outcome, OutcomeDraft,
    Committed, CommittedDraft,
    Events, EventsDraft,
    Ended, EndedDraft,
    OutputParent, OutputFolder, Temporary, JobTemporary, ClaimFolder, OldFolder, Old, AttemptFolder,
    Owner, OwnerDraft, ReleasedOwner,
    Part, FinalPart,
    SuccessDraft, Success,
    Input,
    ScratchFolder, MapOutput, Run, SpaceProbe,
}
