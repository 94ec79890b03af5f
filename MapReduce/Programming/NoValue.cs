namespace MapReduce;

/// <summary>Nothing, in zero bytes: the key or the value of records that consist of the other alone.</summary>
public readonly record struct NoValue;
