namespace MapReduce.Serialization;

/// <summary>
/// Names the codec of a type: for one that is no record of public members, or that should sort otherwise than by them in order.
/// </summary>
/// <param name="codec">A struct that implements <see cref="ICodec{T}"/> of the type; open, like the type, where that is generic.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum, Inherited = false)]
public sealed class CodecAttribute(Type codec) : Attribute
{
    /// <summary>The codec.</summary>
    public Type Codec { get; } = codec;
}
