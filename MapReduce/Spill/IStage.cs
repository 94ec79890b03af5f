namespace MapReduce.Spill;

/// <summary>What an attempt makes of a record, until it is known whether the record is good.</summary>
internal interface IStage
{
    /// <summary>The record is good: all since the last time stands.</summary>
    void Keep();

    /// <summary>The record is bad: all since the last time is forgotten.</summary>
    void Drop();
}
