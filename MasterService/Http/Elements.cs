namespace MapReduce.MasterService.Http;

/// <summary>What the JSON reader does not check: that a list holds no null.</summary>
internal static class Elements
{
    /// <param name="name">The list's name in the message.</param>
    /// <param name="list">The list; null for one that was left out.</param>
    /// <exception cref="RequestException">An element is null.</exception>
    public static void AreThere<T>(string name, IReadOnlyList<T>? list) where T : class
    {
        for (var i = 0; i < (list?.Count ?? 0); i++)
            if (list![i] is null) throw RequestException.Wrong($"{name}[{i}] is null: leave it out.");
    }
}
