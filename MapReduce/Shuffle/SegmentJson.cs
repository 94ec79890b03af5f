using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapReduce.Shuffle;

/// <summary>The JSON of shuffle requests, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SegmentRequest))]
internal sealed partial class SegmentJson : JsonSerializerContext;
