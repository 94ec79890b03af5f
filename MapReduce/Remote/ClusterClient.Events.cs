using System.Runtime.CompilerServices;
using MapReduce.Protocol;
using MapReduce.Remote.Http;

namespace MapReduce.Remote;

public sealed partial class ClusterClient
{
    /// <summary>
    /// Follows a job: its status now, and after every change, at most twice a second, until the final one. Goes on with another
    /// master, or the same one restarted, when the one that told of it goes away.
    /// </summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Stops following; the job goes on.</param>
    public async IAsyncEnumerable<JobStatus> EventsAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var events = new JobEventReader(_connection, jobId, _options.FollowPatience);
        while (true)
        {
            var status = await OfJobAsync(jobId, () => events.NextAsync(cancellationToken));
            yield return status;
            if (status.EndedAt is not null) yield break;
        }
    }

    /// <summary>Waits until a job has ended.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="progress">Told of every change on the way; may be null, the default.</param>
    /// <param name="cancellationToken">Stops waiting; the job goes on.</param>
    /// <returns>Its final status: succeeded, failed or cancelled.</returns>
    public async Task<JobStatus> WaitAsync(string jobId, IProgress<JobStatus>? progress = null, CancellationToken cancellationToken = default)
    {
        JobStatus? last = null;
        await foreach (var status in EventsAsync(jobId, cancellationToken))
        {
            last = status;
            progress?.Report(status);
        }
        return last!;
    }
}
