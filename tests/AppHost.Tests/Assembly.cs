using System.Runtime.Versioning;

// As the launcher itself: file modes, signals and a POSIX shell.
[assembly: UnsupportedOSPlatform("windows")]
// Every test runs a whole cluster, and most of them wait for a lease or an outage to pass.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
