using System.Runtime.CompilerServices;

namespace Simulation.World;

/// <summary>
/// Lets time pass by a node's clock. It may not be cancelled, and so needs no task: a timer goes on with the code that waits.
/// Half of all that happens in a schedule are such waits.
/// </summary>
/// <param name="node">Whose clock; the code goes on there.</param>
/// <param name="duration">How long.</param>
internal readonly struct Wait(Node node, TimeSpan duration) : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public Wait GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) =>
        node.Time.CreateTimer(static continuation => ((Action)continuation!)(), continuation, duration, Timeout.InfiniteTimeSpan);
}
