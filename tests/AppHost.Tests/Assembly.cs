using System.Runtime.Versioning;

// As the launcher itself: file modes, signals and a POSIX shell.
[assembly: UnsupportedOSPlatform("windows")]
// Every test runs a whole cluster.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
