namespace MapReduce.Serialization;

/// <summary>The codec of a type, chosen when a job is planned; see <see cref="Codec.For"/>. Immutable.</summary>
/// <typeparam name="T">The type; may be a ref struct.</typeparam>
public abstract class Codec<T>
    where T : allows ref struct
{
    private protected Codec()
    {
    }

    /// <summary>Hands the codec to the visitor as a type parameter.</summary>
    /// <typeparam name="TResult">What the visit gives.</typeparam>
    public abstract TResult Accept<TResult>(ICodecVisitor<T, TResult> visitor);
}

/// <summary>A codec struct as an object.</summary>
internal sealed class Codec<T, TCodec> : Codec<T>
    where T : allows ref struct
    where TCodec : struct, ICodec<T>
{
    public override TResult Accept<TResult>(ICodecVisitor<T, TResult> visitor) => visitor.Visit<TCodec>();
}
