namespace MapReduce;

/// <summary>Describes one option of a job, on a parameter of the options record's constructor or on a property.</summary>
/// <remarks>
/// The option's name is the parameter's or property's in camel case, its default the parameter's default or the
/// property's initial value. A parameter without a default, or a <c>required</c> property, must be given.
/// </remarks>
/// <param name="description">What the option does, in one short line that starts with a capital.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class OptionAttribute(string description) : Attribute
{
    /// <summary>What the option does.</summary>
    public string Description { get; } = description;

    /// <summary>The smallest number allowed; default: the smallest of its type.</summary>
    public long Min { get; set; } = long.MinValue;

    /// <summary>The largest number allowed; default: the largest of its type.</summary>
    public long Max { get; set; } = long.MaxValue;
}
