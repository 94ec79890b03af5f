using System.Runtime.CompilerServices;

namespace MapReduce.Serialization;

/// <summary>Enumerations by their underlying values, names or not.</summary>
internal readonly struct EnumMapping<TEnum, TUnderlying> : IMapping<TEnum, TUnderlying>
    where TEnum : struct, Enum
    where TUnderlying : unmanaged
{
    public static TUnderlying To(TEnum value) => Unsafe.BitCast<TEnum, TUnderlying>(value);

    public static TEnum From(TUnderlying other) => Unsafe.BitCast<TUnderlying, TEnum>(other);
}
