namespace MapReduce.Map;

/// <summary>A source of records and what is done to them on the way to a mapper.</summary>
internal abstract class RecordFlow<T>
{
    /// <summary>The flow of one attempt, which pushes its records.</summary>
    public abstract IMapBody Start(Sink<T> sink);
}

/// <summary>The records of a format.</summary>
internal sealed class FormatFlow<T>(InputFormat<T> format) : RecordFlow<T>
{
    public override IMapBody Start(Sink<T> sink) => new RecordBody<T>(format, sink);
}

/// <summary>Lines as records.</summary>
internal sealed class LineFlow : RecordFlow<Line>
{
    public override IMapBody Start(Sink<Line> sink) => new Body(sink);

    private sealed class Body(Sink<Line> sink) : LineBody
    {
        protected override void Map(byte[] buffer, int start, int length) => sink.Put(new Line(buffer, start, length));
    }
}

internal sealed class SelectFlow<T, TResult>(RecordFlow<T> source, Func<T, TResult> selector) : RecordFlow<TResult>
{
    public override IMapBody Start(Sink<TResult> sink) => source.Start(new SelectSink<T, TResult>(selector, sink));
}

internal sealed class WhereFlow<T>(RecordFlow<T> source, Func<T, bool> predicate) : RecordFlow<T>
{
    public override IMapBody Start(Sink<T> sink) => source.Start(new WhereSink<T>(predicate, sink));
}

internal sealed class SelectManyFlow<T, TResult>(RecordFlow<T> source, Func<T, IEnumerable<TResult>> selector) : RecordFlow<TResult>
{
    public override IMapBody Start(Sink<TResult> sink) => source.Start(new SelectManySink<T, TResult>(selector, sink));
}
