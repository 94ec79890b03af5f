using System.Text.Json;
using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>The new job's id, alone on a line so that a script can take it.</summary>
internal static class SubmittedText
{
    public static void Write(JobStatus job, bool json, CliHost host) =>
        host.Out.WriteLine(json ? JsonSerializer.Serialize(new SubmittedEvent { JobId = job.JobId, TraceId = job.TraceId }, EventJson.Default.SubmittedEvent) : job.JobId);
}
