using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

/// <summary>Encodes and decodes a value by the codec that a plan would find.</summary>
internal static class RoundTrip
{
    public static T Of<T>(T value) => Codec.For<T>().Accept(new Visitor<T>(value)).Value;

    public static string Hex<T>(T value) => Convert.ToHexString(Codec.For<T>().Accept(new Visitor<T>(value)).Bytes);

    private sealed class Visitor<T>(T value) : ICodecVisitor<T, (T Value, byte[] Bytes)>
    {
        public (T Value, byte[] Bytes) Visit<TCodec>()
            where TCodec : struct, ICodec<T>
        {
            var room = new byte[TCodec.MaxLength(value)];
            var bytes = room[..TCodec.Encode(value, room)];
            return (TCodec.Decode(bytes), bytes);
        }
    }
}
