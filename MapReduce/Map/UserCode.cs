using MapReduce.Input;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Tells the failures of a job's own code from those of the engine below it, which user code calls when it emits.</summary>
internal static class UserCode
{
    /// <summary>False for a failure of the disk, of an input, or of a cancelled attempt, which pass through user code unchanged.</summary>
    public static bool IsFault(Exception error) =>
        error is not (OperationCanceledException or InputException or CorruptRunException or UserCodeException) && !IsEngineDisk(error);

    public static string Describe(Exception error) => $"{error.GetType().Name}: {error.Message}";

    public static void Call(Action action, string what)
    {
        try
        {
            action();
        }
        catch (Exception error) when (IsFault(error))
        {
            throw new UserCodeException($"{what} failed: {Describe(error)}", error);
        }
    }

    public static T Call<T>(Func<T> action, string what)
    {
        T? result = default;
        Call(() => { result = action(); }, what);
        return result!;
    }

    // A full disk under a spill is no fault of the mapper whose Emit ran into it.
    private static bool IsEngineDisk(Exception error) =>
        error is IOException && error.StackTrace?.Contains("MapReduce.Storage", StringComparison.Ordinal) == true;
}

/// <summary>A job's own code threw.</summary>
internal sealed class UserCodeException(string message, Exception inner) : Exception(message, inner);
