using System.Text.Json.Serialization;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Remote.Wire;

/// <summary>
/// How everything that travels between master, workers and clients becomes JSON: names in camel case, enumerations by name,
/// nulls left out, no type names. What a record requires must be there.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(TaskIdConverter),
        typeof(CounterSetConverter),
        typeof(NameConverter<TaskKind>),
        typeof(NameConverter<JobState>),
        typeof(NameConverter<TaskState>),
        typeof(NameConverter<AttemptEventKind>),
        typeof(NameConverter<RenewAnswer>),
        typeof(NameConverter<CompleteAnswer>),
        typeof(NameConverter<FailureKind>),
        typeof(NameConverter<FetchFault>),
        typeof(NameConverter<CancelAnswer>),
    ])]
[JsonSerializable(typeof(SubmitMessage))]
[JsonSerializable(typeof(RetryMessage))]
[JsonSerializable(typeof(JobStatus))]
[JsonSerializable(typeof(JobListMessage))]
[JsonSerializable(typeof(JobMessage))]
[JsonSerializable(typeof(CancelMessage))]
[JsonSerializable(typeof(CountersMessage))]
[JsonSerializable(typeof(TaskListMessage))]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(OutputMessage))]
[JsonSerializable(typeof(EndedJobsMessage))]
[JsonSerializable(typeof(EndedJobsReply))]
[JsonSerializable(typeof(FilesMessage))]
[JsonSerializable(typeof(MissingFilesReply))]
[JsonSerializable(typeof(ClaimMessage))]
[JsonSerializable(typeof(ClaimReply))]
[JsonSerializable(typeof(ExchangeMessage))]
[JsonSerializable(typeof(ExchangeReply))]
[JsonSerializable(typeof(RenewMessage))]
[JsonSerializable(typeof(RenewReply))]
[JsonSerializable(typeof(FailMessage))]
[JsonSerializable(typeof(ReleaseMessage))]
[JsonSerializable(typeof(AnnounceMessage))]
[JsonSerializable(typeof(AnnounceReply))]
[JsonSerializable(typeof(WorkerRegistration))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(WorkerView))]
[JsonSerializable(typeof(WorkerListMessage))]
[JsonSerializable(typeof(ProblemMessage))]
public sealed partial class WireJson : JsonSerializerContext;
