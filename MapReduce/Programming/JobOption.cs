namespace MapReduce;

/// <summary>One option of a job, as a person sets it. Immutable.</summary>
public sealed class JobOption
{
    private readonly OptionText _text;

    internal JobOption(string name, OptionText text, string description, bool isRequired, object? defaultValue)
    {
        (Name, Description, IsRequired, DefaultValue) = (name, description, isRequired, defaultValue);
        _text = text;
    }

    /// <summary>Its name in camel case: <c>minLength</c>.</summary>
    public string Name { get; }

    /// <summary>What it does; empty when its author said nothing.</summary>
    public string Description { get; }

    /// <summary>True when the job cannot run without it.</summary>
    public bool IsRequired { get; }

    /// <summary>Which values it takes, in words: "a whole number from 1 to 100", "lower or keep".</summary>
    public string Accepts => _text.Accepts;

    /// <summary>Its default as one would write it; null when it has none.</summary>
    public string? Default => DefaultValue is null ? null : OptionText.Format(DefaultValue);

    internal object? DefaultValue { get; }

    internal OptionText Text => _text;
}
