namespace Simulation.Jobs;

/// <summary>What befalls the user code of an attempt.</summary>
/// <param name="At">Before which of its records, from 0; when it has fewer, then at its end.</param>
/// <param name="Strike">What happens there, once.</param>
internal sealed record CodeFault(int At, Action Strike);
