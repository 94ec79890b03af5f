using Bench.Measuring;

namespace Bench.Preparing;

/// <summary>How each program is called. All have two threads or slots.</summary>
internal sealed class Programs(Layout layout)
{
    public const int Slots = 2, MemoryMiB = 256;

    /// <summary>The folders of the projects.</summary>
    public const string Cli = "Cli", Limit = "bench/limit", Forms = "bench/Forms", Dispatcher = "bench/Dispatch", Master = "MasterService", Shuffler = "bench/Shuffle";

    /// <summary>Workers that claim at once, each with batches.</summary>
    private const int Claimers = 2;

    public Command MapReduce(string job, InputSet input, string output, params string[] settings) =>
        new(layout.Tool("Cli/mapreduce"), [
            "run", job, input.Folder, "--output", output, "--workers", $"{Slots}", "--memory", $"{MemoryMiB}MiB", "--overwrite",
            .. settings.SelectMany(setting => (string[])["--set", setting])]);

    /// <summary>The same on a cluster, which has its own workers.</summary>
    public Command MapReduce(string job, InputSet input, string output, ClusterScene cluster) =>
        new(layout.Tool("Cli/mapreduce"),
            "run", job, input.Folder, "--output", output, "--memory", $"{MemoryMiB}MiB", "--overwrite", "--master", cluster.Master, "--token-file", cluster.TokenFile);

    public Command Stream(InputSet input, string output, string mapper, string reducer) =>
        new(layout.Tool("Cli/mapreduce"),
            "stream", input.Folder, "--output", output, "--mapper", mapper, "--reducer", reducer, "--workers", $"{Slots}", "--memory", $"{MemoryMiB}MiB", "--overwrite");

    public Command Form(string form, InputSet input, string output) =>
        new(layout.Tool("Forms/forms"), form, input.Folder, output, $"{Slots}", $"{MemoryMiB}");

    public Command LimitWordCount(IEnumerable<string> files, string output) =>
        new(layout.Tool("limit/limit"), ["wc", output, $"{Slots}", .. files]);

    public Command Plinq(IEnumerable<string> files, string output) =>
        new(layout.Tool("limit/limit"), ["plinq", output, .. files]);

    public Command Dispatch(int tasks, int batch, string output) =>
        new(layout.Tool("Dispatch/dispatch"), layout.Tool("MasterService/MapReduce.MasterService"), $"{tasks}", $"{batch}", $"{Claimers}", output);

    public Command Shuffle(string way, int mebibytes, int reads, string output) =>
        new(layout.Tool("Shuffle/shuffle"), way, $"{mebibytes}", $"{reads}", output);

    public Command BullMq(int tasks, int concurrency, string output) =>
        new("node", layout.Tool("peers/bullmq.mjs"), $"{concurrency}", $"{tasks}", output);

    public Command DuckDb(string mode, InputSet input, string output) =>
        new("node", layout.Tool("peers/duckdb.mjs"), mode, $"{Slots}", Path.Combine(input.Folder, "*"), output);

    public static Command GnuSort(InputSet input, string output) =>
        new("sort", [$"--parallel={Slots}", "-S", "8G", "-o", output, .. input.Files]);

    public static Command Ripgrep(InputSet input, string output, params string[] arguments) =>
        new("rg", ["--no-ignore", "--no-filename", "--threads", $"{Slots}", .. arguments, input.Folder]) { StandardOutput = output };
}
