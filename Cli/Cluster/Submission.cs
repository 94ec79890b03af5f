using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.Cli.Commands;
using MapReduce.Protocol;
using MapReduce.Remote;

namespace MapReduce.Cli.Cluster;

/// <summary>Submits a job as it was typed. Input and output are looked at by the master, which may be another machine.</summary>
internal static class Submission
{
    /// <exception cref="JobRejectedException">The job refuses its options, or the master refuses the job.</exception>
    public static async Task<JobStatus> SubmitAsync(JobDefinition job, RunRequest request, ClusterClient cluster, CliHost host)
    {
        if (request.Inputs.Any(StandardInput.IsNamed))
            throw new JobRejectedException(["Standard input (-) can be read by a run in this process only, since the workers of a cluster do not see it: put the data into a file that they see."]);
        var plan = job.Plan(job.Parse(request.Set));
        // A job that refuses its options sends nothing.
        request = await Shipment.SendAsync(request, cluster, host.Interrupt.Token);
        var spec = request.ToSpec(job.Parse(request.Set), plan);
        var slots = (await cluster.WorkersAsync(host.Interrupt.Token)).Where(worker => worker is { IsLive: true, IsDraining: false }).Sum(worker => worker.Registration.Slots);
        if (slots == 0) host.Error.WriteLine("note: no worker takes tasks now; the job waits for one.");
        return await cluster.SubmitAsync(spec with { Slots = Math.Max(slots, 1) }, cancellationToken: host.Interrupt.Token);
    }
}
