using MapReduce.Protocol;
using MapReduce.Spill;

namespace MapReduce.Output;

/// <summary>A file that an attempt writes.</summary>
internal interface IAttemptFile : IStage
{
    /// <summary>True until it was completed or given up.</summary>
    bool IsOpen { get; }

    /// <summary>True while nothing was written.</summary>
    bool IsEmpty { get; }

    /// <summary>From now on, before anything was written, what is written waits until it is said whether it stands.</summary>
    void Stage();

    /// <summary>Writes what is held back, closes the file and says what it is; once more says it again. Null when there is to be none.</summary>
    OutputFile? Complete();

    /// <summary>Closes the file as it is: its attempt has failed.</summary>
    void Abandon();
}
