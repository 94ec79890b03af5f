using System.Runtime.CompilerServices;

namespace MapReduce.Jobs;

/// <summary>Emits each line as a key, its bytes as they stand but for the LF.</summary>
internal sealed class RawLineMapper : IBlockMapper<ReadOnlySpan<byte>, NoValue>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Map(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, NoValue> output)
    {
        foreach (var line in new RawLines(lines)) output.Emit(line, default);
    }
}
