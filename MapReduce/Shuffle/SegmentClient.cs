using System.Net;
using System.Net.Http.Headers;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Shuffle;

/// <summary>Sends one request to one worker and writes the segments that come, verified, into one file.</summary>
internal sealed class SegmentClient(IFileSystem files, HttpMessageInvoker http, TimeSpan patience, TimeProvider time)
{
    /// <summary>Asks for what is pending of a batch. What could not be had stays pending, or has failed for good.</summary>
    /// <param name="lease">The reduce attempt.</param>
    /// <param name="batch">Takes the results.</param>
    /// <param name="path">A new file for the segments.</param>
    /// <param name="arrived">Told of bytes as they come.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Fetch(TaskLease lease, FetchBatch batch, string path, Action<long> arrived, CancellationToken cancellation)
    {
        try
        {
            using var response = Send(lease, batch, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                Refused(batch, response.StatusCode);
                return;
            }

            using var body = new SegmentStream(response.Content.ReadAsStream(cancellation), patience, time, cancellation);
            using var file = new FetchedFile(files, path);
            foreach (var output in batch.Pending.ToList()) Take(body, batch, output, file, arrived);
        }
        catch (Exception error) when (error is HttpRequestException or BrokenAnswerException or InvalidDataException)
        {
            batch.Problem = error.Message;
        }
    }

    private HttpResponseMessage Send(TaskLease lease, FetchBatch batch, CancellationToken cancellation)
    {
        var asked = new SegmentRequest(lease.JobId, lease.Task.Step, lease.Task.Index, [.. batch.Pending.Select(output => new RequestedMap(output.Map, output.Token))]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(batch.Worker.Address!), SegmentRequest.Route));
        request.Content = new ByteArrayContent(asked.ToJson()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (lease.ShuffleSecret is { } secret) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var silence = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            return http.SendAsync(request, either.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw BrokenAnswerException.Silence(patience);
        }
    }

    // A worker that does not know the job has none of its outputs: it is another process at the same address.
    private static void Refused(FetchBatch batch, HttpStatusCode status)
    {
        batch.Problem = $"it answered {(int)status} {status}";
        if ((int)status < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)) batch.FailRest();
    }

    private static void Take(SegmentStream body, FetchBatch batch, MapOutputLocation output, FetchedFile file, Action<long> arrived)
    {
        var frame = body.ReadFrame();
        if (frame.Map != output.Map || frame.Token != output.Token || frame.Length < 0)
            throw new InvalidDataException($"it answered with {frame.Length} bytes of map {frame.Map}, attempt {frame.Token}, where map {output.Map}, attempt {output.Token}, was asked for.");
        // Records without bytes would be lost in silence.
        if (frame is { Length: 0, Records: not 0 }) throw new InvalidDataException($"it answered with {frame.Records} records in no bytes for map {frame.Map}.");
        if (frame.State != SegmentState.Found) batch.Fail(output, frame.State == SegmentState.Corrupt ? FetchFault.Corrupt : FetchFault.Gone);
        else if (frame.Length == 0) batch.Done(output, null);
        else if (file.Take(body, frame, arrived) is { } offset) batch.Done(output, new Segment(output, file.Path, offset, frame.Length, frame.Records, frame.IsSorted) { IsFetched = true });
        else batch.Damaged(output);
    }
}
