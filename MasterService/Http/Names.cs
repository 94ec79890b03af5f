namespace MapReduce.MasterService.Http;

/// <summary>Values of enumerations in queries: by name, in any case, never by number.</summary>
internal static class Names
{
    /// <summary>The value; null when there is no text.</summary>
    /// <exception cref="RequestException">The text is none of the names.</exception>
    public static T? Parse<T>(string parameter, string? text) where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text)) return null;
        var names = Enum.GetNames<T>();
        var index = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? Enum.GetValues<T>()[index]
            : throw RequestException.Wrong($"{parameter} is '{text}': use {string.Join(", ", names.Select(name => char.ToLowerInvariant(name[0]) + name[1..]))}.");
    }
}
