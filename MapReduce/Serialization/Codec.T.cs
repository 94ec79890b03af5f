namespace MapReduce.Serialization;

/// <summary>The codec of a type, chosen when a job is planned; see <see cref="Codec.For"/>. Immutable.</summary>
/// <typeparam name="T">The type; may be a ref struct.</typeparam>
public abstract class Codec<T>
    where T : allows ref struct
{
    private protected Codec()
    {
    }

    internal abstract int MaxLength(T value);

    internal abstract int Encode(T value, Span<byte> destination);

    internal abstract T Decode(ReadOnlySpan<byte> bytes);

    /// <summary>Hands the codec to the visitor as a type parameter.</summary>
    /// <typeparam name="TResult">What the visit gives.</typeparam>
    public abstract TResult Accept<TResult>(ICodecVisitor<T, TResult> visitor);
}

/// <summary>A codec struct as an object.</summary>
internal sealed class Codec<T, TCodec> : Codec<T>
    where T : allows ref struct
    where TCodec : struct, ICodec<T>
{
    internal override int MaxLength(T value) => TCodec.MaxLength(value);

    internal override int Encode(T value, Span<byte> destination) => TCodec.Encode(value, destination);

    internal override T Decode(ReadOnlySpan<byte> bytes) => TCodec.Decode(bytes);

    public override TResult Accept<TResult>(ICodecVisitor<T, TResult> visitor) => visitor.Visit<TCodec>();
}
