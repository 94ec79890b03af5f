using FsCheck;
using FsCheck.Fluent;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

/// <summary>The store against its model: any sequence of calls gets the same answers from both.</summary>
public class StoreModelTests
{
    private static readonly StepSize[][] Shapes =
    [
        [new StepSize(false, 3, 2)],
        [new StepSize(true, 2, 3), new StepSize(false, 3, 1)],
        [new StepSize(false, 4, 0)],
        [new StepSize(false, 1, 1)],
    ];

    // Calls that bring a job forward are drawn more often than those that throw it back.
    private static readonly StoreCall[] Calls =
    [
        StoreCall.Claim, StoreCall.Claim, StoreCall.Claim, StoreCall.Claim, StoreCall.Renew, StoreCall.Renew, StoreCall.Complete,
        StoreCall.Complete, StoreCall.Complete, StoreCall.Complete, StoreCall.Fail, StoreCall.FailFetch, StoreCall.Release,
        StoreCall.Advance, StoreCall.Advance, StoreCall.Reap, StoreCall.Silence, StoreCall.Invalidate, StoreCall.InvalidateWorker,
        StoreCall.Speculate, StoreCall.Announce, StoreCall.Snapshot, StoreCall.Restore, StoreCall.Cancel,
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnyCalls_InAnyOrder_AnswerAsTheModelDoes(int shape)
    {
        // The exception of a failure names the seed; Config.WithReplay runs it again.
        var config = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(120);
        Prop.ForAll(Arb.From(Operations.ArrayOf(), Shorter), operations => Run(Shapes[shape], operations)).Check(config);
    }

    private static Gen<StoreOperation> Operations =>
        from call in Gen.Elements(Calls)
        from pick in Gen.Choose(0, 1000)
        from more in Gen.Choose(0, 1000)
        select new StoreOperation(call, pick, more);

    private static IEnumerable<StoreOperation[]> Shorter(StoreOperation[] operations) =>
        Enumerable.Range(0, operations.Length).Select(left => operations.Where((_, i) => i != left).ToArray());

    private static void Run(StepSize[] steps, StoreOperation[] operations)
    {
        var pair = new StoreAndModel(steps);
        foreach (var operation in operations)
        {
            pair.Apply(operation);
            pair.CheckViews();
        }
    }
}
