using MapReduce;
using MapReduce.Local;
using MapReduce.Protocol;

namespace Forms;

/// <summary>A user's program that runs its own job: <c>forms FORM INPUT OUTPUT WORKERS MEMORY_MIB</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is not [var form, var input, var output, var workers, var memory] || Plan(form) is not { } plan)
        {
            Console.Error.WriteLine("forms mapper|utf8-lambda|string-lambda INPUT OUTPUT WORKERS MEMORY_MIB");
            return 2;
        }

        var spec = new JobSpec
        {
            Job = form,
            Inputs = [Path.GetFullPath(input)],
            Output = Path.GetFullPath(output),
            MemoryPerSlot = long.Parse(memory) << 20,
            Slots = int.Parse(workers),
            Steps = plan.Shapes,
        };
        var options = new LocalClusterOptions { Workers = spec.Slots };
        var status = await LocalCluster.RunAsync(plan, spec, options, progress: null, CancellationToken.None);
        if (status.State == JobState.Succeeded) return 0;
        Console.Error.WriteLine($"{form}: {status.State}: {status.Error}");
        return 1;
    }

    private static JobPlan? Plan(string form) => form switch
    {
        "mapper" => WordCounts.Mapper(),
        "utf8-lambda" => WordCounts.Utf8Lambda(),
        "string-lambda" => WordCounts.StringLambda(),
        _ => null,
    };
}
