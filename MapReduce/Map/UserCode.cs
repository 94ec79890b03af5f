using MapReduce.Input;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Tells the failures of a job's own code from those of the engine below it, which user code calls when it emits.</summary>
internal static class UserCode
{
    /// <summary>
    /// False for a failure of the disk, of an input, or of a cancelled attempt, which pass through user code unchanged. After a
    /// failure of the engine's own, whatever user code throws is a consequence.
    /// </summary>
    public static bool IsFault(Exception error, Workspace workspace) =>
        error is not (InputException or UserCodeException)
        && !(error is OperationCanceledException && workspace.Cancellation.IsCancellationRequested)
        && workspace.Fault.First is null;

    public static string Describe(Exception error) => $"{error.GetType().Name}: {error.Message}";

    /// <summary>That a mapper failed on a record.</summary>
    public static UserCodeException Failed(InputPiece piece, long offset, Exception error) =>
        new($"The mapper failed on '{piece.Path}' at offset {offset}: {Describe(error)}", error);

    public static void Call(Action action, string what, Workspace workspace)
    {
        try
        {
            action();
        }
        catch (Exception error) when (IsFault(error, workspace))
        {
            throw new UserCodeException($"{what} failed: {Describe(error)}", error);
        }
    }

    public static T Call<T>(Func<T> action, string what, Workspace workspace)
    {
        T? result = default;
        Call(() => { result = action(); }, what, workspace);
        return result!;
    }
}

/// <summary>A job's own code threw.</summary>
internal sealed class UserCodeException(string message, Exception inner) : Exception(message, inner);
