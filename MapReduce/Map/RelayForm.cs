namespace MapReduce.Map;

/// <summary>Turns each record that a mapper emits into others before they go on.</summary>
internal sealed class RelayForm<TKey, TValue, TNewKey, TNewValue>(IMapForm<TKey, TValue> form, RelayRecord<TKey, TValue, TNewKey, TNewValue> relay) : IMapForm<TNewKey, TNewValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
    where TNewKey : allows ref struct
    where TNewValue : allows ref struct
{
    public IMapBody Start(Emitter<TNewKey, TNewValue> output, TaskContext task) => form.Start(new Relay(relay, output), task);

    private sealed class Relay(RelayRecord<TKey, TValue, TNewKey, TNewValue> relay, Emitter<TNewKey, TNewValue> output) : DirectEmitter<TKey, TValue>
    {
        private protected override void EmitCoded(TKey key, TValue value) => relay(key, value, output);
    }
}

/// <summary>Emits what becomes of a record.</summary>
internal delegate void RelayRecord<TKey, TValue, TNewKey, TNewValue>(TKey key, TValue value, Emitter<TNewKey, TNewValue> output)
    where TKey : allows ref struct
    where TValue : allows ref struct
    where TNewKey : allows ref struct
    where TNewValue : allows ref struct;
