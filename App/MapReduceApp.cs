using System.ComponentModel;
using System.Reflection;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.Local;

namespace MapReduce;

/// <summary>Makes a program the command line of one job that runs in the program's own process.</summary>
/// <example><c>return await MapReduceApp.RunAsync&lt;WordCount&gt;(args);</c></example>
public static class MapReduceApp
{
    /// <summary>Runs the job as the arguments say: input, <c>--output</c>, the job's options as <c>--set name=value</c>; <c>--help</c> shows all.</summary>
    /// <typeparam name="TJob">The job. A <see cref="DescriptionAttribute"/> on it becomes the first line of the help.</typeparam>
    /// <param name="args">The program's arguments.</param>
    /// <returns>The exit code of the process: 0 ok, 1 failed, 2 usage, 7 rejected, 70 a bug of this library, 130 interrupted.</returns>
    /// <remarks>Shows progress on standard error and the result on standard output. Ctrl+C cancels the job and cleans up.</remarks>
    public static Task<int> RunAsync<TJob>(string[] args)
        where TJob : IMapReduceJob, new()
    {
        var summary = typeof(TJob).GetCustomAttribute<DescriptionAttribute>()?.Description ?? $"Runs the job {typeof(TJob).Name}.";
        return RunAsync(JobDefinition.Create<TJob>(ProgramName.Hyphenate(typeof(TJob).Name), summary), args);
    }

    /// <summary>Runs a plan that has no options as the arguments say: input and <c>--output</c>; <c>--help</c> shows all.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="args">The program's arguments.</param>
    /// <returns>The exit code of the process: 0 ok, 1 failed, 2 usage, 7 rejected, 70 a bug of this library, 130 interrupted.</returns>
    /// <remarks>Shows progress on standard error and the result on standard output. Ctrl+C cancels the job and cleans up.</remarks>
    public static Task<int> RunAsync(JobPlan plan, string[] args)
    {
        var name = Assembly.GetEntryAssembly()?.GetName().Name ?? "job";
        return RunAsync(JobDefinition.Create(ProgramName.Hyphenate(name), $"Runs the job {name}.", () => plan), args);
    }

    private static Task<int> RunAsync(JobDefinition job, string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var program = ProgramName.Typed();
        return new CommandLine(program, CliHost.OfProcess()).RunAsync(host => new OneJobCommand(job, program, LocalCluster.RunAsync, host).Build(), args);
    }
}
