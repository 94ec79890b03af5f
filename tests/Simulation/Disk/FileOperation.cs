namespace Simulation.Disk;

/// <summary>What a process does to a file or folder.</summary>
internal enum FileOperation
{
    /// <summary>To find, open, list or read.</summary>
    Read,

    Create,

    Write,

    Sync,

    /// <summary>To give a file this name as a second one.</summary>
    Link,

    /// <summary>To take this name from a file, and give it another.</summary>
    Rename,

    Delete,
}
