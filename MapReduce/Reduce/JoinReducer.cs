namespace MapReduce.Reduce;

/// <summary>Joins the two sides of each key, the left one coming first: each value of the right side with each of the left.</summary>
/// <param name="result">Makes a record of a value of each side; of a side that the key lacks, the default.</param>
/// <param name="keepsLeft">Whether values of the left side count without any of the right.</param>
/// <param name="keepsRight">Whether values of the right side count without any of the left.</param>
internal sealed class JoinReducer<TKey, TLeft, TRight, TOut>(Func<TKey, TLeft?, TRight?, TOut> result, bool keepsLeft, bool keepsRight)
    : IReducer<TKey, Joined<TLeft, TRight>, TKey, TOut>
{
    private LeftValues<TLeft>? _left;

    public void Setup(TaskContext task) => _left = LeftValues<TLeft>.Create(task.Workspace);

    public void Reduce(TKey key, ref Values<Joined<TLeft, TRight>> values, Writer<TKey, TOut> output)
    {
        var left = _left!;
        var hasRight = false;
        try
        {
            foreach (var value in values)
            {
                hasRight |= value.IsRight;
                if (!value.IsRight) left.Add(value.Left);
                else if (!left.IsEmpty) WriteEach(key, value.Right, output);
                else if (keepsRight) output.Write(key, result(key, default, value.Right));
            }

            if (!hasRight && keepsLeft) WriteEach(key, default, output);
        }
        finally
        {
            left.Clear();
        }
    }

    private void WriteEach(TKey key, TRight? right, Writer<TKey, TOut> output)
    {
        foreach (var left in _left!.InMemory) output.Write(key, result(key, left, right));
        foreach (var left in _left.Spilled()) output.Write(key, result(key, left, right));
    }
}
