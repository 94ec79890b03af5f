namespace MapReduce.Cli.Doctor;

/// <summary>How well something is, in order.</summary>
internal enum Health
{
    Good,

    /// <summary>Jobs run, but worse than they could.</summary>
    Poor,

    /// <summary>Jobs cannot run.</summary>
    Broken,
}

/// <summary>What one check found.</summary>
/// <param name="Health">How well it is.</param>
/// <param name="Subject">What was checked.</param>
/// <param name="Text">What was found.</param>
/// <param name="Fix">What to do; null when all is well.</param>
internal sealed record Finding(Health Health, string Subject, string Text, string? Fix = null);
