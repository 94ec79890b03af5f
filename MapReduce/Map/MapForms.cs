using System.Runtime.CompilerServices;
using MapReduce.Input;

namespace MapReduce.Map;

/// <summary>A lambda from a line to a sequence of records.</summary>
internal sealed class LambdaForm<TKey, TValue>(Func<Line, IEnumerable<(TKey Key, TValue Value)>> map) : IMapForm<TKey, TValue>
{
    public IMapBody Start(Emitter<TKey, TValue> output, TaskContext task) => new Body(map, output);

    private sealed class Body(Func<Line, IEnumerable<(TKey Key, TValue Value)>> map, Emitter<TKey, TValue> output) : LineBody
    {
        private readonly EmitSink<TKey, TValue> _sink = new(output);

        protected override void Map(byte[] buffer, int start, int length)
        {
            var records = map(new Line(buffer, start, length));
            if (records is Sequence<(TKey, TValue)> sequence)
            {
                sequence.Push(_sink);
                return;
            }

            foreach (var (key, value) in records) output.Emit(key, value);
        }
    }
}

/// <summary>A lambda from a line's bytes to an emitter.</summary>
internal sealed class EmitForm<TKey, TValue>(MapLine<TKey, TValue> map) : IMapForm<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public IMapBody Start(Emitter<TKey, TValue> output, TaskContext task) => new Body(map, output);

    private sealed class Body(MapLine<TKey, TValue> map, Emitter<TKey, TValue> output) : LineBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void Map(byte[] buffer, int start, int length) => map(buffer.AsSpan(start, length), output);
    }
}

/// <summary>A mapper of lines.</summary>
internal sealed class LineMapperForm<TKey, TValue>(Func<IMapper<TKey, TValue>> create) : IMapForm<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public IMapBody Start(Emitter<TKey, TValue> output, TaskContext task)
    {
        var mapper = create();
        mapper.Setup(task);
        return new Body(mapper, output);
    }

    private sealed class Body(IMapper<TKey, TValue> mapper, Emitter<TKey, TValue> output) : LineBody
    {
        public override void Finish() => mapper.Finish(output);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void Map(byte[] buffer, int start, int length) => mapper.Map(buffer.AsSpan(start, length), output);
    }
}

/// <summary>A mapper of blocks.</summary>
internal sealed class BlockMapperForm<TKey, TValue>(Func<IBlockMapper<TKey, TValue>> create) : IMapForm<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public IMapBody Start(Emitter<TKey, TValue> output, TaskContext task)
    {
        var mapper = create();
        mapper.Setup(task);
        return new Body(mapper, output);
    }

    private sealed class Body(IBlockMapper<TKey, TValue> mapper, Emitter<TKey, TValue> output) : BlockBody
    {
        protected override long Process(in LineBlock block)
        {
            var lines = block.Span;
            mapper.Map(lines, output);
            return lines.Count((byte)'\n') + (lines[^1] == '\n' ? 0 : 1);
        }

        public override void Finish() => mapper.Finish(output);
    }
}
