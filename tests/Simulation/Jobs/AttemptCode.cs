namespace Simulation.Jobs;

/// <summary>What the user code of one attempt does beside its work. The plain one is shared by all threads and does nothing.</summary>
/// <param name="nonce">What a job writes that is not deterministic: a text of its own for each attempt, always of the same length.</param>
/// <param name="fault">What befalls the code; null for nothing.</param>
/// <param name="faultAt">Before which of its records, from 0; when it has fewer, then at its end.</param>
internal sealed class AttemptCode(string nonce, Action? fault = null, int faultAt = 0)
{
    private int _records;

    public static AttemptCode Plain { get; } = new("");

    public string Nonce => nonce;

    /// <summary>The code has come to its next record.</summary>
    public void Record()
    {
        if (fault is not null && _records++ == faultAt) fault();
    }

    /// <summary>The code has no more records.</summary>
    public void Finish()
    {
        if (_records <= faultAt) fault?.Invoke();
    }
}
