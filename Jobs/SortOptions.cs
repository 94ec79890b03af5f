namespace MapReduce.Jobs;

/// <summary>How <see cref="Sort"/> orders lines: the options of GNU sort, in the C locale.</summary>
/// <param name="Key">Fields N or N,M as in <c>-k</c>; null for the whole line.</param>
/// <param name="Separator">The character between fields as in <c>-t</c>; null: a field begins with the blanks before it.</param>
/// <param name="Numeric">Compare numbers of any length and precision, as in <c>-n</c>.</param>
/// <param name="Reverse">Descend, as in <c>-r</c>.</param>
/// <param name="Unique">Of lines with equal keys keep the first of the input, as in <c>-u</c>.</param>
public sealed record SortOptions(
    [Option("Fields to sort by: N (to the end of the line) or N,M")] string? Key = null,
    [Option("The one character between fields; default: the change from non-blank to blank")] string? Separator = null,
    [Option("Compare as numbers, of any length")] bool Numeric = false,
    [Option("Descend instead of ascend")] bool Reverse = false,
    [Option("Of lines with equal keys keep only the first")] bool Unique = false);
