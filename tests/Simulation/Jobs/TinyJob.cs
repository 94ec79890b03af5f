using System.Collections.Frozen;
using MapReduce;
using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace Simulation.Jobs;

/// <summary>One of a fixed library of tiny jobs, each with its input and what must come out. Immutable: all worlds share it.</summary>
internal sealed class TinyJob
{
    private static readonly FrozenDictionary<string, TinyJob> ByName;

    private readonly TinyKind _kind;
    private readonly TinyInput _input;
    private readonly Lazy<SequentialRun> _sequential;

    static TinyJob()
    {
        All = [.. TinyKind.All.SelectMany(kind => TinyInput.All.Select((input, number) => new TinyJob(kind, input, number)))];
        ByName = All.ToFrozenDictionary(job => job.Name);
    }

    private TinyJob(TinyKind kind, TinyInput input, int number)
    {
        (_kind, _input) = (kind, input);
        Name = $"{kind.Name}-{number}";
        Plan = kind.Create(AttemptCode.Plain);
        _sequential = new(() => new SequentialRun(this));
    }

    public static IReadOnlyList<TinyJob> All { get; }

    public string Name { get; }

    public JobPlan Plan { get; }

    public IReadOnlyList<(string Name, byte[] Content)> Inputs => _input.Files;

    public int Splits => _input.Splits.Count;

    public int Reducers => Plan.Shapes[0].HasReduce ? _input.Reducers : 0;

    /// <summary>The files of the output by name, as a sequential run writes them.</summary>
    public IReadOnlyDictionary<string, byte[]> Expected => _sequential.Value.Files;

    /// <summary>The job's counters, all of them, as a sequential run has them.</summary>
    public IReadOnlyDictionary<string, long> Counters => _sequential.Value.Counters;

    public static TinyJob Named(string name) => ByName[name];

    /// <summary>Writes the input and says how it is cut.</summary>
    public InputPlan WriteInputs(IFileSystem files, string folder)
    {
        var splits = _input.Write(files, folder);
        // Every step that reads input reads all of it.
        var ofSteps = Plan.Shapes.Select((_, step) => Plan.Inputs.Any(input => input.Step == step) ? Read(splits, step) : []).ToList();
        return new InputPlan([.. ofSteps.SelectMany(ofStep => ofStep)], Reducers, []) { SplitsOfSteps = [.. ofSteps.Select(ofStep => ofStep.Count)] };
    }

    public JobSpec Spec(string input, string output) => new()
    {
        Job = Name,
        Inputs = [input],
        Output = output,
        Reducers = Reducers,
        MemoryPerSlot = _kind.Memory,
        // Longer than any pause of a node.
        TaskTimeout = TimeSpan.FromMinutes(2),
        InputShapes = Plan.Inputs,
        Steps = Plan.Shapes,
    };

    /// <summary>The plan as one attempt runs it.</summary>
    /// <param name="lease">The attempt.</param>
    /// <param name="fault">What befalls its code; null for nothing.</param>
    public JobPlan PlanOf(TaskLease lease, CodeFault? fault) =>
        fault is null && !_kind.HasNonce ? Plan : _kind.Create(new AttemptCode(_kind.HasNonce ? Nonces.Of(lease.Task, lease.Token) : "", fault));

    /// <summary>
    /// Whether the files of a finished output are right: byte for byte those of a sequential run; of a job that is not
    /// deterministic, each whole and of one attempt. Files that readers skip do not count.
    /// </summary>
    public bool IsRight(IReadOnlyDictionary<string, byte[]> files)
    {
        var parts = files.Where(file => file.Key[0] != '_').ToList();
        return parts.Count == Expected.Count && parts.TrueForAll(part => Expected.TryGetValue(part.Key, out var expected) && IsRight(part.Value, expected));
    }

    // The step before, if there is one, is the first source.
    private static IReadOnlyList<InputSplit> Read(IReadOnlyList<InputSplit> splits, int step) =>
        [.. splits.Select(split => new InputSplit([.. split.Pieces.Select(piece => piece with { Source = step > 0 ? 1 : 0 })]))];

    private bool IsRight(byte[] part, byte[] expected) =>
        part.AsSpan().SequenceEqual(expected) || (_kind.HasNonce && Nonces.AreWhole(part, expected));
}
