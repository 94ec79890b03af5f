using System.Text.Json;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;

namespace MapReduce.Tests.Remote.Wire;

public sealed class WireJsonTests
{
    private static readonly LeaseRef Lease = new("j1", new TaskId(0, TaskKind.Map, 12), "1.00000000000000ff");

    [Fact]
    public void Write_Renewal_NamesTaskShortly() =>
        Assert.Equal(
            """{"workerId":"w","renewals":[{"lease":{"jobId":"j1","task":"0-m-00012","token":"1.00000000000000ff"},"progress":{"fraction":0.5,"records":7,"phase":"read"}}]}""",
            JsonSerializer.Serialize(new RenewMessage("w", [new RenewRequest(Lease, new AttemptSnapshot(0.5, 7, "read"))]), WireJson.Default.RenewMessage));

    [Fact]
    public void Read_Renewal_GivesProgressBack()
    {
        var message = new RenewMessage("w", [new RenewRequest(Lease, new AttemptSnapshot(0.5, 7, "read", "halfway"))]);
        var json = JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Default.RenewMessage);
        Assert.Equal(message.Renewals, JsonSerializer.Deserialize(json, WireJson.Default.RenewMessage)!.Renewals);
    }

    [Fact]
    public void Write_Answers_AreNamesInCamelCase() =>
        Assert.Equal("""{"answers":["ok","lost","cancel"]}""", JsonSerializer.Serialize(
            new RenewReply([RenewAnswer.Ok, RenewAnswer.Lost, RenewAnswer.Cancel]), WireJson.Default.RenewReply));

    [Fact]
    public void Read_AnswerByNumber_IsRefused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"answers":[1]}""", WireJson.Default.RenewReply));

    [Theory]
    [InlineData("0-m")]
    [InlineData("0-x-1")]
    [InlineData("0-m-")]
    [InlineData("-1-m-1")]
    [InlineData("0m-00001")]
    [InlineData("0-m-99999999999")]
    public void Read_TaskMisnamed_IsRefused(string task) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(
            $$$"""{"workerId":"w","lease":{"jobId":"j","task":"{{{task}}}","token":"1.2"}}""", WireJson.Default.ReleaseMessage));

    [Fact]
    public void Read_MissingMember_IsRefused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"workerId":"w"}""", WireJson.Default.ReleaseMessage));

    [Fact]
    public void Read_NullForRequiredText_IsRefused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"workerId":null,"max":1,"waitMs":0}""", WireJson.Default.ClaimMessage));

    [Fact]
    public void Read_Result_GivesCountersBack()
    {
        var counters = new CounterSet();
        counters.Add(CounterNames.BytesRead, long.MaxValue);
        counters.Add("my own", -3);
        var result = new AttemptResult { Counters = counters, Bytes = 5, SpanId = ulong.MaxValue, Files = [new OutputFile("part-r-00000", 1, 2, uint.MaxValue)] };
        var json = JsonSerializer.SerializeToUtf8Bytes(new AnnounceMessage("w", [new AnnouncedMessage(Lease, "f", ResultMessage.Of(result))]), WireJson.Default.AnnounceMessage);
        var back = JsonSerializer.Deserialize(json, WireJson.Default.AnnounceMessage)!.Outputs[0].Result.ToResult();
        Assert.Equal(counters, back.Counters);
        Assert.Equal(result.Files, back.Files);
        Assert.Equal((result.Bytes, result.SpanId), (back.Bytes, back.SpanId));
    }

    [Fact]
    public void Read_ResultWithoutFiles_HasNone() =>
        Assert.Empty(JsonSerializer.Deserialize(
            """{"workerId":"w","max":0,"completed":[{"lease":{"jobId":"j","task":"0-m-0","token":"1.2"},"result":{"counters":{}}}]}""",
            WireJson.Default.ExchangeMessage)!.Completed[0].Result.ToResult().Files);

    [Fact]
    public void Read_Status_GivesTasksByKindBack()
    {
        var status = new JobStatus
        {
            JobId = "j1",
            Name = "wc",
            Output = "/out",
            State = JobState.Mapping,
            Tasks = new Dictionary<TaskKind, TaskCounts> { [TaskKind.Map] = new(10, 2, 3, 0.4) },
            Attempts = new AttemptCounts(6, 1, 0, 0, 1),
            Counters = new Dictionary<string, long> { [CounterNames.BytesRead] = 4 },
            SubmittedAt = DateTimeOffset.UnixEpoch,
        };
        var back = JsonSerializer.Deserialize(JsonSerializer.Serialize(status, WireJson.Default.JobStatus), WireJson.Default.JobStatus)!;
        Assert.Equal(status.Tasks, back.Tasks);
        Assert.Equal((status.State, status.Attempts), (back.State, back.Attempts));
        Assert.Equal(status.Counters, back.Counters);
    }
}
