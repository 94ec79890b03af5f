namespace MapReduce.Serialization;

/// <summary>Receives a codec as a type parameter, so that the code behind it is compiled for that codec.</summary>
/// <typeparam name="T">The type that the codec encodes; may be a ref struct.</typeparam>
/// <typeparam name="TResult">What the visit gives.</typeparam>
public interface ICodecVisitor<T, out TResult>
    where T : allows ref struct
{
    /// <summary>Called once by <see cref="Codec{T}.Accept"/>.</summary>
    /// <typeparam name="TCodec">The codec.</typeparam>
    TResult Visit<TCodec>()
        where TCodec : struct, ICodec<T>;
}
