namespace MapReduce.TestJobs;

/// <summary>Text as the lab's word count takes it.</summary>
public static class Letters
{
    /// <summary>The maximal runs of letters.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetter(text[at]))
            {
                if (start < 0) start = at;
            }
            else if (start >= 0)
            {
                yield return text[start..at];
                start = -1;
            }
        }
    }
}
