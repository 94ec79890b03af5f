using System.Numerics;
using System.Runtime.CompilerServices;

namespace MapReduce;

/// <summary>
/// Folds two values of a key into one. Must be associative; values fold in the order of the input, but in groups of any size.
/// A struct, so that the call is inlined into the table of the map side.
/// </summary>
/// <typeparam name="TValue">The values.</typeparam>
public interface IFold<TValue>
    where TValue : unmanaged
{
    /// <summary>The two as one; <paramref name="left"/> came first.</summary>
    TValue Fold(TValue left, TValue right);

    /// <summary>True when <c>Fold(a, b)</c> may differ from <c>Fold(b, a)</c>, as by intent in <see cref="First{T}"/>. Default false, which tests of jobs check.</summary>
    static virtual bool DependsOnOrder => false;
}

/// <summary>Adds numbers.</summary>
/// <typeparam name="T">The numbers; integers wrap around on overflow.</typeparam>
public readonly struct Sum<T> : IFold<T>
    where T : unmanaged, INumber<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Fold(T left, T right) => left + right;
}

/// <summary>Keeps the smaller.</summary>
/// <typeparam name="T">The numbers.</typeparam>
public readonly struct Min<T> : IFold<T>
    where T : unmanaged, INumber<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Fold(T left, T right) => T.Min(left, right);
}

/// <summary>Keeps the larger.</summary>
/// <typeparam name="T">The numbers.</typeparam>
public readonly struct Max<T> : IFold<T>
    where T : unmanaged, INumber<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Fold(T left, T right) => T.Max(left, right);
}

/// <summary>Keeps the first in the order of the input: one record for each key.</summary>
/// <typeparam name="T">The values.</typeparam>
public readonly struct First<T> : IFold<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Fold(T left, T right) => left;

    static bool IFold<T>.DependsOnOrder => true;
}

internal readonly struct LambdaFold<T>(Func<T, T, T> fold) : IFold<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Fold(T left, T right) => fold(left, right);
}
