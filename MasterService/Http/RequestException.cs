namespace MapReduce.MasterService.Http;

/// <summary>A request that cannot be served as it is.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="reasons">What is wrong, with the value, and what to do; every reason at once.</param>
internal sealed class RequestException(int status, params IReadOnlyList<string> reasons) : Exception(string.Join(Environment.NewLine, reasons))
{
    public int Status { get; } = status;

    public IReadOnlyList<string> Reasons { get; } = reasons;

    public static RequestException NoJob(string jobId) =>
        new(StatusCodes.Status404NotFound, $"There is no job '{jobId}': check the id with GET /v1/jobs; jobs that ended long ago are forgotten.");

    public static RequestException NoWorker(string workerId) =>
        new(StatusCodes.Status404NotFound, $"There is no worker '{workerId}': check the id with GET /v1/workers; a worker that stopped is forgotten.");

    public static RequestException Wrong(params IReadOnlyList<string> reasons) => new(StatusCodes.Status400BadRequest, reasons);
}
