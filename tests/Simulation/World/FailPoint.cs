namespace Simulation.World;

/// <summary>
/// Where a process may be killed: a call of the lease store, or an operation on a file by the part that the file plays. File
/// operations are named <c>&lt;file&gt;&lt;operation&gt;</c>, from which <see cref="Disk.FailPoints"/> finds them; to read is to
/// find, open, list or read.
/// </summary>
internal enum FailPoint
{
    // The lease store, a value for each method.
    StoreSubmit, StoreClaim, StoreRenew, StoreComplete, StoreFail, StoreRelease, StoreReap, StoreInvalidate, StoreInvalidateWorker,
    StoreSpeculate, StoreAnnounce, StoreCancel, StoreFinish, StoreRegister, StoreDrain, StoreDeregister, StoreForgetWorker,
    StoreWorkers, StoreActive, StoreJob, StoreRunning, StoreWinners, StoreEvents, StoreTasks, StoreCounters, StoreResult,

    // The data folder, in the root: its id, and the folder of each job.
    RootSync,
    DataFolderRead, DataFolderCreate, DataFolderSync,
    IdRead, IdLink, IdDraftRead, IdDraftCreate, IdDraftWrite, IdDraftSync, IdDraftDelete,
    JobsFolderRead, JobsFolderCreate, JobsFolderSync,
    JobFolderRead, JobFolderCreate, JobFolderSync, JobFolderDelete,

    // Submit: the plan, the old output that may be replaced, and the entry that makes the job exist.
    PlanRead, PlanLink, PlanDelete, PlanDraftRead, PlanDraftCreate, PlanDraftWrite, PlanDraftSync, PlanDraftDelete,
    ReplacedRead, ReplacedLink, ReplacedDelete, ReplacedDraftRead, ReplacedDraftCreate, ReplacedDraftWrite, ReplacedDraftSync, ReplacedDraftDelete,
    JobRead, JobLink, JobDelete, JobDraftRead, JobDraftCreate, JobDraftWrite, JobDraftSync, JobDraftDelete,

    // The end: the decision, the mark that it was carried out, the attempts' ledger, the mark that nothing is left to do.
    OutcomeRead, OutcomeLink, OutcomeDelete, OutcomeDraftRead, OutcomeDraftCreate, OutcomeDraftWrite, OutcomeDraftSync, OutcomeDraftDelete,
    CommittedRead, CommittedLink, CommittedDelete, CommittedDraftRead, CommittedDraftCreate, CommittedDraftWrite, CommittedDraftSync, CommittedDraftDelete,
    EventsRead, EventsLink, EventsDelete, EventsDraftRead, EventsDraftCreate, EventsDraftWrite, EventsDraftSync, EventsDraftDelete,
    EndedRead, EndedLink, EndedDelete, EndedDraftRead, EndedDraftCreate, EndedDraftWrite, EndedDraftSync, EndedDraftDelete,

    // The output directory, the folder that holds it, and what grows below _temporary.
    OutputParentRead, OutputParentSync,
    OutputFolderRead, OutputFolderCreate, OutputFolderSync,
    TemporaryRead, TemporaryCreate, TemporarySync, TemporaryDelete,
    OwnerRead, OwnerLink, OwnerRename, OwnerDraftRead, OwnerDraftCreate, OwnerDraftWrite, OwnerDraftSync, OwnerDraftDelete,
    ReleasedOwnerDelete,
    ClaimFolderRead, ClaimFolderCreate, ClaimFolderSync, ClaimFolderDelete,
    OldFolderRead, OldFolderCreate, OldFolderSync, OldFolderDelete, OldDelete,
    JobTemporaryRead, JobTemporaryCreate, JobTemporarySync, JobTemporaryDelete,
    AttemptFolderRead, AttemptFolderCreate, AttemptFolderSync, AttemptFolderDelete,
    PartRead, PartCreate, PartWrite, PartSync, PartRename, PartDelete,

    // Commit: the files that readers see. Those renamed are old ones.
    FinalPartRead, FinalPartRename,
    SuccessDraftRead, SuccessDraftCreate, SuccessDraftWrite, SuccessDraftSync, SuccessDraftRename, SuccessDraftDelete,
    SuccessRead, SuccessLink, SuccessRename,

    // Input, and a worker's own disk.
    InputRead,
    ScratchFolderRead, ScratchFolderCreate, ScratchFolderDelete,
    MapOutputRead, MapOutputCreate, MapOutputWrite, MapOutputDelete,
    RunRead, RunCreate, RunWrite, RunDelete,
    SpaceProbeRead, SpaceProbeCreate, SpaceProbeWrite, SpaceProbeDelete,
}

/// <summary>On which side of what a fail-point names the process dies.</summary>
internal enum Moment
{
    Before,
    After,
}
