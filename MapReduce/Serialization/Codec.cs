namespace MapReduce.Serialization;

/// <summary>Finds the codec for a type of key or value. Safe for concurrent use.</summary>
public static class Codec
{
    /// <summary>The codec for a type. Uses reflection: call it once when a job is planned, not for each record.</summary>
    /// <typeparam name="T">The type of a key or value; may be a ref struct.</typeparam>
    /// <exception cref="NotSupportedException">There is none; the message says why, and what to do.</exception>
    public static Codec<T> For<T>()
        where T : allows ref struct =>
        (Codec<T>)Activator.CreateInstance(typeof(Codec<,>).MakeGenericType(typeof(T), CodecFinder.Find(typeof(T))))!;
}
