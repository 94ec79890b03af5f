namespace MapReduce.Input;

/// <summary>
/// An input cannot be read as it was planned: it changed, vanished, or is corrupt. Another attempt cannot do better, so the
/// job fails at once and names the file.
/// </summary>
public sealed class InputException(string message, Exception? inner = null) : IOException(message, inner);
