using MapReduce.AppHost.Portable.Processes;

namespace MapReduce.AppHost.Portable.Services;

/// <summary>A service as it shall run.</summary>
/// <param name="Name">Its name in the log.</param>
/// <param name="Command">How it is started, every time.</param>
/// <param name="IsReady">Whether it can be used.</param>
/// <param name="StopLimit">How long it may take to end when asked; then it is killed.</param>
/// <param name="Hurries">Whether it is killed at once when the user asks a second time.</param>
internal sealed record ServiceSpec(
    string Name, ProcessCommand Command, Func<CancellationToken, Task<bool>> IsReady, TimeSpan StopLimit, bool Hurries = true);
