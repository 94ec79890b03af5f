namespace MapReduce.Jobs;

/// <summary>What the jobs on words take as a word.</summary>
/// <param name="Words">Where a word ends.</param>
/// <param name="Case">Whether "The" and "the" are one word.</param>
public sealed record WordOptions(
    [Option("What a word is: bytes between white space, or letters between anything else")] WordKind Words = WordKind.Any,
    [Option("Whether words are taken as they stand, or in lower case")] WordCase Case = WordCase.Keep);

/// <summary>What a word is.</summary>
public enum WordKind
{
    /// <summary>A maximal run of bytes other than ASCII white space.</summary>
    Any,

    /// <summary>A maximal run of Unicode letters, as UTF-8; bytes that are not UTF-8 end a word.</summary>
    Letters,
}

/// <summary>Which case words have.</summary>
public enum WordCase
{
    /// <summary>As they stand.</summary>
    Keep,

    /// <summary>Unicode lower case of each character, whatever the language.</summary>
    Lower,
}
