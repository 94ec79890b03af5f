using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;

namespace MapReduce.MasterService.Jobs;

/// <summary>A job's status at one moment, ready to be sent to any number of readers.</summary>
/// <param name="Id">Greater than that of any earlier snapshot of this feed.</param>
/// <param name="IsLast">True when the job has ended.</param>
/// <param name="Event">The server-sent event.</param>
internal sealed record JobSnapshot(long Id, bool IsLast, ReadOnlyMemory<byte> Event)
{
    public static byte[] Json(JobStatus status) => JsonSerializer.SerializeToUtf8Bytes(status, WireJson.Default.JobStatus);

    public static JobSnapshot Of(long id, JobStatus status, byte[] json)
    {
        var text = new ArrayBufferWriter<byte>(json.Length + 64);
        text.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"event: {MasterApi.StatusEvent}\nid: {id}\ndata: ")));
        text.Write(json);
        text.Write("\n\n"u8);
        return new JobSnapshot(id, status.EndedAt is not null, text.WrittenMemory);
    }
}
