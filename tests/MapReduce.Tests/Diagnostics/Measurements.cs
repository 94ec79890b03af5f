using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MapReduce.Diagnostics;

namespace MapReduce.Tests.Diagnostics;

/// <summary>Listens to the engine's meter on one thread of a test: others run beside it.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _all = [];
    private readonly MeterListener _listener = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MapReduceTelemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<(double Value, string Tags)> Of(string name) => _all.Where(each => each.Name == name).Select(each => (each.Value, each.Tags));

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Environment.CurrentManagedThreadId != _thread) return;
        _all.Enqueue((instrument.Name, value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
    }
}
