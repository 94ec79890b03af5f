namespace Bench.Preparing;

/// <summary>How large the inputs are; the larger ones have four times as many files.</summary>
/// <param name="TextFiles">Files of text.</param>
/// <param name="TextMiB">MiB in each.</param>
/// <param name="RecordFiles">Files of records of 100 bytes.</param>
/// <param name="Records">Records in each.</param>
/// <param name="EmptyTasks">Tasks of a job that does nothing.</param>
/// <param name="Label">Of the size, for names: "1g".</param>
/// <param name="LargeLabel">Of four times the size.</param>
internal sealed record InputSizes(int TextFiles, int TextMiB, int RecordFiles, int Records, int EmptyTasks, string Label, string LargeLabel)
{
    /// <summary>1 GiB of each, and 4 GiB.</summary>
    public static readonly InputSizes Full = new(64, 16, 16, 671_089, 200_000, "1g", "4g");

    /// <summary>16 MiB of text and 10 MB of records, and four times that.</summary>
    public static readonly InputSizes Quick = new(4, 4, 2, 50_000, 20_000, "quick", "quick-x4");
}
