using MapReduce;

namespace Simulation.Jobs;

/// <summary>What a tiny job does.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Memory">Bytes for each of its tasks: about the least that works, since memory costs time.</param>
/// <param name="HasNonce">True when it is not deterministic: each attempt writes its nonce into every line.</param>
/// <param name="Create">Its plan, with the code of one attempt.</param>
internal sealed record TinyKind(string Name, long Memory, bool HasNonce, Func<AttemptCode, JobPlan> Create)
{
    private const long Table = 64 << 10;

    // The sort's own memory is what exceeds 2 MiB.
    private const long Sorting = (2 << 20) + (32 << 10), SortingTwoRecords = (2 << 20) + 128;

    public static IReadOnlyList<TinyKind> All { get; } =
    [
        new("fold", Table, false, code => Words(code).Combine(new Sum<long>()).Reduce(() => new SumReducer(code)).WriteText()),
        new("group", Sorting, false, Lists),
        new("spill", SortingTwoRecords, false, Lists),
        new("combine", Sorting, false, code => Lines.Map(() => new FieldArrayMapper(code)).CombineValues((_, values) => SmallestReducer.Combine(values)).Reduce(() => new SmallestReducer(code)).WriteText()),
        new("map-only", Table, false, code => Lines.Map(() => new LengthMapper(code)).WriteText()),
        new("sort", Sorting, false, code => Lines.Map(() => new LineMapper(code)).Sort().WriteText()),
        new("total-order", Table, false, code => Words(code).TotalOrder().Combine(new Sum<long>()).Reduce(() => new SumReducer(code)).WriteText()),
        new("token", Sorting, true, code => Tokens(code).Reduce(() => new TokenReducer(code)).WriteText()),
        new("token-map", Table, true, code => Tokens(code).WriteText()),
        new("chain", Sorting, false, code => Counted(code).Map(() => new HeadMapper(code, 1)).Combine(new Sum<long>()).Reduce(() => new SumArrayReducer(code)).WriteText()),
        new("chain-sort", Sorting, false, code => Counted(code).Map(() => new HeadMapper(code, int.MaxValue)).Sort().WriteText()),
        new("chain-maps", Sorting, false, code => Counted(code).Map(() => new HeadMapper(code, int.MaxValue)).AsRecords().Map(() => new HeadMapper(code, 1)).Reduce(() => new SumArrayReducer(code)).WriteText()),
        new("chain-input", Sorting, false, code => Counted(code).Map(() => new HeadMapper(code, int.MaxValue)).Concat(Lines.Map(() => new WordArrayMapper(code))).Reduce(() => new SumArrayReducer(code)).WriteText()),
        new("beside", Sorting, false, code => Lines.Map(() => new BesideMapper(code)).Reduce(() => new BesideReducer(code)).WriteText()),
    ];

    private static Lines Lines => MapReduce.Job.ReadLines();

    private static Records<(byte[] Key, long Value)> Counted(AttemptCode code) =>
        Lines.Map(() => new WordArrayMapper(code)).Combine(new Sum<long>()).Reduce(() => new SumArrayReducer(code)).AsRecords();

    private static JobPlan Lists(AttemptCode code) => Lines.Map(() => new FieldMapper(code)).Reduce(() => new ListReducer(code)).WriteText();

    private static Pairs<ReadOnlySpan<byte>, long> Words(AttemptCode code) => Lines.Map(() => new WordMapper(code));

    private static Pairs<ReadOnlySpan<byte>, ReadOnlySpan<byte>> Tokens(AttemptCode code) => Lines.Map(() => new TokenMapper(code));
}
