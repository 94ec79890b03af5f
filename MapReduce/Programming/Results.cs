namespace MapReduce;

/// <summary>Records as reducers write them, to be formatted. Immutable.</summary>
/// <typeparam name="TKey">Keys.</typeparam>
/// <typeparam name="TValue">Values.</typeparam>
public sealed class Results<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private readonly StepPlan _step;

    internal Results(StepPlan step) => _step = step;

    /// <summary>Writes a line for each record: key, TAB, value; or the one alone where the other is <see cref="NoValue"/>.</summary>
    public JobPlan WriteText() => new([_step]);
}
