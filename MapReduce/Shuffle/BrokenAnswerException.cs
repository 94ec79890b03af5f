namespace MapReduce.Shuffle;

/// <summary>A worker that serves map outputs broke its answer off, or fell silent: nothing of this host's own disk.</summary>
internal sealed class BrokenAnswerException(string message, Exception? inner = null) : Exception(message, inner)
{
    public static BrokenAnswerException Silence(TimeSpan patience) => new($"nothing came for {patience.TotalSeconds:0.#} s");
}
