namespace MapReduce.AppHost.Portable;

/// <summary>The cluster cannot be started; the message says why and how to go on, and is all that the user is shown.</summary>
internal sealed class LauncherException(string message, Exception? inner = null) : Exception(message, inner);
