namespace Simulation.Jobs;

/// <summary>What the user code of one attempt does beside its work. The plain one does nothing and is shared by all threads.</summary>
/// <param name="nonce">What a job writes that is not deterministic: a text of its own for each attempt.</param>
/// <param name="fault">What befalls the code; null for nothing.</param>
internal sealed class AttemptCode(string nonce, CodeFault? fault)
{
    private int _records;

    public static AttemptCode Plain { get; } = new("", fault: null);

    public string Nonce => nonce;

    /// <summary>The code has come to its next record.</summary>
    public void Record()
    {
        if (fault is not null && _records++ == fault.At) fault.Strike();
    }

    /// <summary>The code has no more records.</summary>
    public void Finish()
    {
        if (fault is not null && _records <= fault.At) fault.Strike();
    }
}
