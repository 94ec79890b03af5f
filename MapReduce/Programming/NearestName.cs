namespace MapReduce;

/// <summary>Finds the name that somebody who mistyped probably meant. Safe for concurrent use.</summary>
public static class NearestName
{
    /// <summary>The candidate nearest to what was typed, by edit distance without regard to case.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="candidates">The names there are.</param>
    /// <returns>The closest candidate, or null when none is close enough to be worth a guess: at most a third of its letters wrong.</returns>
    public static string? Find(string typed, IEnumerable<string> candidates) => candidates
        .Select(name => (name, distance: Distance(typed, name)))
        .Where(pair => pair.distance <= Math.Max(1, pair.name.Length / 3))
        .OrderBy(pair => pair.distance).ThenBy(pair => pair.name, StringComparer.Ordinal)
        .Select(pair => pair.name)
        .FirstOrDefault();

    // Levenshtein's edit distance without regard to case, two swapped neighbours counting once: the usual slips of fingers.
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = cost[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                cost[i, j] = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
