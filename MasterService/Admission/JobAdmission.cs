using MapReduce.MasterService.Http;
using MapReduce.MasterService.Options;
using MapReduce.Scheduling;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService.Admission;

/// <summary>Keeps the number of jobs that run at once within bounds. Safe for concurrent use.</summary>
internal sealed class JobAdmission(ITaskLeaseStore store, IOptions<MasterOptions> options)
{
    /// <exception cref="RequestException">There is no room for another job now.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        var limit = options.Value.Limits.ActiveJobs;
        var active = (await store.ActiveAsync(cancellationToken)).Jobs.Count;
        if (active >= limit)
            throw new RequestException(StatusCodes.Status429TooManyRequests,
                $"{active} jobs have not ended (limit {limit}, MapReduce:Limits:ActiveJobs of the master): wait until one ends, or cancel one.");
    }
}
