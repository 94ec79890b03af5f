namespace MapReduce.MasterService.Admission;

/// <summary>What is said to those who would have their programs run where that is not allowed.</summary>
internal static class UserCode
{
    public const string Refusal =
        "This cluster does not run the programs of streaming jobs: set MapReduce:AllowUserCode of the masters and MapReduce:Worker:AllowUserCode of the workers to true, or run the job without --master.";
}
