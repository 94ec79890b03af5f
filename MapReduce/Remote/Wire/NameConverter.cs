using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapReduce.Remote.Wire;

/// <summary>Values of an enumeration by their names in camel case, never by number: numbers change their meaning when a name is added.</summary>
internal sealed class NameConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
