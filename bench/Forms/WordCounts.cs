using MapReduce;

namespace Forms;

/// <summary>The same word count in the forms in which a user may write it.</summary>
internal static class WordCounts
{
    /// <summary>A class that sees each line as UTF-8 and allocates nothing.</summary>
    public static JobPlan Mapper() => Job.ReadLines()
        .Map(() => new WordMapper())
        .Combine(new Sum<long>())
        .Reduce((word, counts) => counts.Sum())
        .WriteText();

    /// <summary>A lambda over words that are not made strings.</summary>
    public static JobPlan Utf8Lambda() => Job.ReadLines()
        .Map(line => line.Words().Select(word => (word, 1L)))
        .Combine((a, b) => a + b)
        .Reduce((word, counts) => counts.Sum())
        .WriteText();

    /// <summary>A lambda over strings, as in PLINQ.</summary>
    public static JobPlan StringLambda() => Job.ReadLines()
        .Map(line => line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (word, 1L)))
        .Combine((a, b) => a + b)
        .Reduce((word, counts) => counts.Sum())
        .WriteText();

    private sealed class WordMapper : IMapper<ReadOnlySpan<byte>, long>
    {
        public void Map(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, long> output)
        {
            foreach (var word in new Utf8Words(line)) output.Emit(word, 1);
        }
    }
}
