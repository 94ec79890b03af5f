using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Tests.Output;

public class OutcomeJsonTests
{
    // The serializer writes every property there is, so that one forgotten here fails a test.
    private static readonly JsonSerializerOptions All = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JobOutcome Outcome = new()
    {
        Kind = OutcomeKind.Commit,
        Output = "/out/ü <文>",
        Job = "wordcount",
        Winners = [new Winner(new TaskId(1, TaskKind.Reduce, 2), "3.a", [new OutputFile("part-r-00002", 1L << 40, 7, uint.MaxValue)])],
        Counters = new Dictionary<string, long> { ["WORDS"] = 7, ["BYTES_READ"] = -1 },
        Replaced = [new FileEntry("/out/old", false, 5, 638_000_000_000_000_000), new FileEntry("/out/link", true, 0, 1) { LinkTarget = "/else" }],
        Error = "a 'quoted' reason",
    };

    public static TheoryData<JobOutcome> Outcomes => [Outcome, new JobOutcome { Kind = OutcomeKind.Cancelled, Output = "/out", Job = "" }];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Write_Outcome_IsWhatTheSerializerWrites(JobOutcome outcome) =>
        Assert.Equal(JsonSerializer.Serialize(outcome, All), Encoding.UTF8.GetString(OutcomeJson.Write(outcome)));

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Read_Outcome_GivesItBack(JobOutcome outcome) =>
        Assert.Equal(OutcomeJson.Write(outcome), OutcomeJson.Write(OutcomeJson.Read(OutcomeJson.Write(outcome))));
}
