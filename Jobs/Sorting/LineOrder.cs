namespace MapReduce.Jobs.Sorting;

/// <summary>An order of lines, checked. Immutable.</summary>
/// <param name="Fields">What of a line is its key; null for all of it.</param>
/// <param name="IsNumeric">Keys are numbers.</param>
/// <param name="IsReverse">Lines descend.</param>
internal sealed record LineOrder(FieldRange? Fields, bool IsNumeric, bool IsReverse)
{
    /// <summary>True when lines are ordered by their bytes, ascending.</summary>
    public bool IsPlain => this is { Fields: null, IsNumeric: false, IsReverse: false };

    /// <summary>True when the key is the line as it stands.</summary>
    public bool IsWholeLine => this is { Fields: null, IsNumeric: false };

    /// <exception cref="ArgumentException">The key is not fields, or the separator not one ASCII character.</exception>
    public static LineOrder Of(SortOptions options) =>
        new(FieldRange.Parse(options.Key, options.Separator), options.Numeric, options.Reverse);
}
