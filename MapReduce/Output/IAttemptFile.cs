using MapReduce.Protocol;

namespace MapReduce.Output;

/// <summary>A file that an attempt writes.</summary>
internal interface IAttemptFile
{
    /// <summary>True until it was completed or given up.</summary>
    bool IsOpen { get; }

    /// <summary>Writes what is held back, closes the file and says what it is; once more says it again. Null when there is to be none.</summary>
    OutputFile? Complete();

    /// <summary>Closes the file as it is: its attempt has failed.</summary>
    void Abandon();
}
