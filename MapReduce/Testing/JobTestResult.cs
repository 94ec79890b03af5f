using MapReduce.Output;
using MapReduce.Serialization;

namespace MapReduce.Testing;

/// <summary>What a job gave in a test. Immutable.</summary>
public sealed class JobTestResult
{
    private readonly IReadOnlyList<WrittenOutput> _written;
    private readonly bool _isOneStep;

    internal JobTestResult(IReadOnlyDictionary<string, byte[]> files, IReadOnlyDictionary<string, long> counters, IReadOnlyList<WrittenOutput> written, bool isOneStep) =>
        (Files, Counters, _written, _isOneStep) = (files, counters, written, isOneStep);

    /// <summary>
    /// The lines of the job's parts, in the order of the parts. <see cref="JobTest"/> runs with one reduce task where it can, so
    /// the lines of a job that reduces ascend by key.
    /// </summary>
    public IReadOnlyList<string> Lines => LinesOf(OutputNames.PartName);

    /// <summary>The records of the job's parts, in the order of the parts, as they were before they were written.</summary>
    /// <typeparam name="TKey">Keys as the job writes them; <see cref="string"/> also for <see cref="Utf8Text"/> and spans of bytes.</typeparam>
    /// <typeparam name="TValue">Values, in the same way.</typeparam>
    /// <exception cref="InvalidOperationException">The job writes records of other types, or types without a codec, or a null.</exception>
    public IReadOnlyList<(TKey Key, TValue Value)> Records<TKey, TValue>() => RecordsOf<TKey, TValue>(OutputNames.PartName);

    /// <summary>The lines of one named output, in the order of its parts: those of the first step, then the second.</summary>
    /// <param name="name">The output's name, as it is given to <see cref="TaskContext.Output"/>.</param>
    public IReadOnlyList<string> LinesOf(string name) => [.. TestOutput.FilesOf(name, @"(\.\w+)*", Files, _isOneStep).SelectMany(file => TestOutput.Lines(file.Key, file.Value))];

    /// <summary>The records of one named output, in the order of its parts.</summary>
    /// <param name="name">The output's name, as it is given to <see cref="TaskContext.Output"/>.</param>
    /// <inheritdoc cref="Records" path="/typeparam"/>
    /// <exception cref="InvalidOperationException">The output has records of other types, or types without a codec, or a null.</exception>
    public IReadOnlyList<(TKey Key, TValue Value)> RecordsOf<TKey, TValue>(string name)
    {
        var written = _written.Where(output => output.Name == name).ToList();
        if (written.Count == 0) return [];
        var (keys, values) = (Codec.For<TKey>(), Codec.For<TValue>());
        return [.. written.SelectMany(output => Checked<TKey, TValue>(output).Records).Select(record => (keys.Decode(record.Key), values.Decode(record.Value)))];
    }

    /// <summary>What was written to one side file, by each task that did, in the order of the tasks.</summary>
    /// <param name="name">The file's name, as it is given to <see cref="TaskContext.CreateFile"/>: <c>chart.png</c> for <c>chart-r-00003.png</c>.</param>
    public IReadOnlyList<byte[]> FilesOf(string name) => [.. TestOutput.FilesOf(name, "", Files, _isOneStep).Select(file => file.Value)];

    /// <summary>Everything that the job left in its output directory but <c>_SUCCESS</c>: content by path, in ordinal order.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>The job's own counters and those of the engine (<see cref="Counters.CounterNames"/>).</summary>
    public IReadOnlyDictionary<string, long> Counters { get; }

    /// <summary>The seed that decided the faults, which repeats them; null where there were none.</summary>
    public int? Seed { get; internal init; }

    internal IReadOnlyList<WrittenOutput> Written => _written;

    private static WrittenOutput Checked<TKey, TValue>(WrittenOutput output)
    {
        if (output.Records.Count == 0) return output;
        if (!Reads(typeof(TKey), output.Key) || !Reads(typeof(TValue), output.Value))
            throw new InvalidOperationException($"'{output.Name}' has records of {TypeName.Of(output.Key)} and {TypeName.Of(output.Value)}, not of {TypeName.Of(typeof(TKey))} and {TypeName.Of(typeof(TValue))}: ask for these.");
        return output.Flaw is null ? output
            : throw new InvalidOperationException($"The records of '{output.Name}' cannot be given: {output.Flaw} Look at its lines instead.");
    }

    private static bool Reads(Type asked, Type written) =>
        asked == written || (asked == typeof(string) && (written == typeof(Utf8Text) || written == typeof(ReadOnlySpan<byte>)));
}
