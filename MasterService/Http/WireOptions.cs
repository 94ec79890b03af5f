using System.Text.Json;
using System.Text.Json.Serialization;
using MapReduce.Remote.Wire;

namespace MapReduce.MasterService.Http;

/// <summary>Makes the web server read and write JSON exactly as the clients do.</summary>
internal static class WireOptions
{
    /// <summary>Takes over the options of the wire's context; a type that the context lacks is an error, not a guess by reflection.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        var wire = WireJson.Default.Options;
        options.TypeInfoResolverChain.Insert(0, WireJson.Default);
        foreach (var converter in wire.Converters) options.Converters.Add(converter);
        options.PropertyNamingPolicy = wire.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = wire.PropertyNameCaseInsensitive;
        options.DefaultIgnoreCondition = wire.DefaultIgnoreCondition;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = wire.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = wire.RespectRequiredConstructorParameters;
    }
}
