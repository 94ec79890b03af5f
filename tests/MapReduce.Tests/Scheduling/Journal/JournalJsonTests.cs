using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Scheduling.Journal;

namespace MapReduce.Tests.Scheduling.Journal;

public class JournalJsonTests
{
    // The serializer writes every property there is, so that one forgotten here fails a test.
    private static readonly JsonSerializerOptions All = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() } };

    private static readonly JobSpec Spec = new()
    {
        Job = "grep",
        Name = "my grep",
        Options = "{\"pattern\":\"a<b\"}",
        Inputs = ["/in/ü 文", "/in/'b'"],
        Output = "/out",
        Overwrite = true,
        Reducers = 3,
        SplitSize = 1L << 40,
        MemoryPerSlot = 1 << 24,
        Slots = 5,
        Lease = TimeSpan.FromMilliseconds(1500),
        MaxAttempts = 6,
        MaxDeaths = 7,
        TaskTimeout = TimeSpan.FromDays(2),
        JobTimeout = TimeSpan.FromTicks(12_345_678_901),
        Priority = 9,
        InputShapes = [new InputShape(true, true, "a"), new InputShape(false, true, "b", Step: 1)],
        Steps = [new StepShape(true, false, true), new StepShape(false, true, false)],
    };

    private static readonly JournalEntry Entry = new()
    {
        JobId = "00112233445566778899aabbccddeeff",
        Fingerprint = "f-1-2",
        SubmittedAt = new DateTimeOffset(2024, 2, 29, 23, 59, 58, 123, TimeSpan.FromHours(-3)),
        Spec = Spec,
        Maps = [11, 0, 2],
        Reducers = 3,
        InputBytes = 1L << 42,
        Notes = ["a note"],
        Origin = new JobOrigin("ann", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "s3cret"),
    };

    private static readonly JournalEnd End =
        new(JobState.Failed, "it \"failed\"", new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), new Dictionary<string, long> { ["WORDS"] = long.MaxValue })
        {
            Attempts = new AttemptCounts(9, 1, 2, 3, 4),
            Step = 2,
            Tasks = new Dictionary<TaskKind, TaskCounts> { [TaskKind.Map] = new(4, 0, 3, 0.75), [TaskKind.Reduce] = new(2, 0, 0, 0) },
        };

    [Fact]
    public void Write_Entry_IsWhatTheSerializerWrites() => Assert.Equal(JsonSerializer.Serialize(Entry, All), Encoding.UTF8.GetString(JournalJson.Write(Entry)));

    [Fact]
    public void Write_SpecWithoutLimit_IsWhatTheSerializerWrites()
    {
        var spec = Spec with { JobTimeout = null };
        Assert.Equal(JsonSerializer.Serialize(spec, All), Encoding.UTF8.GetString(JournalJson.Write(spec)));
    }

    [Fact]
    public void Read_Entry_GivesItBack() => Assert.Equal(JournalJson.Write(Entry), JournalJson.Write(JournalJson.ReadEntry(JournalJson.Write(Entry))));

    [Fact]
    public void Read_End_GivesItBack() => Assert.Equivalent(End, JournalEndJson.Read(JournalEndJson.Write(End)), strict: true);

    [Fact]
    public void Read_EndWithoutError_GivesItBack()
    {
        var end = JournalEndJson.Write(End with { Error = null });
        Assert.Equal(end, JournalEndJson.Write(JournalEndJson.Read(end)));
    }
}
