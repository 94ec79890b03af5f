using System.Runtime.Versioning;

// File modes, signals and a POSIX shell.
[assembly: UnsupportedOSPlatform("windows")]
