using System.Text.Json.Serialization;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>The JSON of everything that commit writes, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobOutcome))]
[JsonSerializable(typeof(SuccessManifest))]
[JsonSerializable(typeof(IReadOnlyList<FileEntry>))]
internal sealed partial class CommitJson : JsonSerializerContext;
