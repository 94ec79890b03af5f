namespace Bench.Measuring;

/// <summary>What one run of a whole process took, its start included.</summary>
/// <param name="Wall">Seconds from start to end.</param>
/// <param name="Cpu">Seconds of processor time, user and system, with children that it waited for.</param>
/// <param name="PeakMiB">Largest resident set in MiB.</param>
/// <param name="Rate">What the program itself measured, without its start: units a second; 0 when it prints none.</param>
internal readonly record struct Measurement(double Wall, double Cpu, double PeakMiB, double Rate)
{
    /// <summary>Wall and CPU times <paramref name="factor"/>: for a run on a smaller input.</summary>
    public Measurement Scale(double factor) => this with { Wall = Wall * factor, Cpu = Cpu * factor };
}
