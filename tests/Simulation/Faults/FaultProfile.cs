using System.Globalization;

namespace Simulation.Faults;

/// <summary>
/// What goes wrong in one simulation, drawn from its seed. It is drawn apart from everything else, so that any of it can be
/// left out, by its name, while the rest stays as it was.
/// </summary>
/// <param name="rates">How often, or when, each kind of fault comes; the others never.</param>
/// <param name="blows">What falls on single nodes, the store or a disk.</param>
/// <param name="scope">How much there is in the simulation.</param>
internal sealed class FaultProfile(IReadOnlyDictionary<Fault, double> rates, IReadOnlyList<Blow> blows, Scope scope)
{
    /// <summary>Nothing goes wrong in a large simulation. Each is one of its own, for it ends with its simulation.</summary>
    public static FaultProfile Calm => CalmIn(Scope.Large);

    public Scope Scope => scope;

    /// <summary>One kind of fault, and nothing else.</summary>
    public static FaultProfile Only(Fault fault, double rate) => new(new Dictionary<Fault, double> { [fault] = rate }, [], Scope.Large);

    /// <summary>How many messages take up to 3 s, in calm runs too.</summary>
    public double Late => IsOver ? 0 : 0.02;

    /// <summary>Probability that a message, or its answer, gets lost.</summary>
    public double Drop => this[Fault.Drop];

    /// <summary>Probability that a message arrives twice.</summary>
    public double Duplicate => this[Fault.Duplicate];

    /// <summary>Probability that a call of the store, or its answer, gets lost.</summary>
    public double StoreDrop => this[Fault.StoreDrop];

    /// <summary>Probability that an attempt fails by its user code.</summary>
    public double AttemptFailure => this[Fault.AttemptFailure];

    /// <summary>Probability that a map output rots after it was written.</summary>
    public double Corruption => this[Fault.Corruption];

    /// <summary>Probability that an attempt takes a hundred times as long.</summary>
    public double Straggler => this[Fault.Straggler];

    /// <summary>Probability that a worker dies in an attempt.</summary>
    public double AttemptDeath => this[Fault.AttemptDeath];

    /// <summary>True when attempts take some milliseconds only, so that workers claim them in batches.</summary>
    public bool IsQuick => this[Fault.Quick] > 0;

    /// <summary>True when no two clocks agree.</summary>
    public bool IsSkewed => this[Fault.Skew] > 0;

    /// <summary>The map task that can never succeed; null in most runs.</summary>
    public int? Poison => rates.ContainsKey(Fault.Poison) ? 0 : null;

    /// <summary>When somebody cancels the job; null in most runs.</summary>
    public TimeSpan? CancelAt => this[Fault.Cancel] is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    public IReadOnlyList<Blow> Blows => blows;

    /// <summary>True when nothing goes wrong: then nothing may run twice.</summary>
    public bool IsCalm => rates.Count == 0 && blows.Count == 0;

    /// <summary>The names of the faults, by each of which it can be left out.</summary>
    public IReadOnlyList<string> Names => [.. rates.Keys.Select(fault => fault.ToString()), .. blows.Select(blow => blow.Name)];

    /// <summary>True from the end of the last job on: what is to be seen then is what earlier faults left behind.</summary>
    public bool IsOver { get; private set; }

    private double this[Fault fault] => IsOver ? 0 : rates.GetValueOrDefault(fault);

    /// <summary>Nothing goes wrong any more.</summary>
    public void End() => IsOver = true;

    /// <summary>Draws what goes wrong under a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="without">The names of faults to leave out.</param>
    public static FaultProfile Draw(int seed, IReadOnlySet<string> without)
    {
        var random = new Random(seed ^ 0x2545F491);
        var scope = Scope.Of(seed);
        // One run in twenty is calm: it must show that nothing runs twice without a reason.
        if (random.NextDouble() < 0.05) return CalmIn(scope);
        var rates = new Dictionary<Fault, double>();
        void Draw(Fault fault, double probability, double most)
        {
            var (isOn, rate) = (random.NextDouble() < probability, random.NextDouble() * most);
            if (isOn && !without.Contains(fault.ToString())) rates.Add(fault, rate);
        }

        Draw(Fault.Drop, 0.5, 0.1);
        Draw(Fault.Duplicate, 0.5, 0.1);
        Draw(Fault.StoreDrop, 0.3, 0.02);
        Draw(Fault.AttemptFailure, 0.4, 0.2);
        Draw(Fault.Corruption, 0.3, 0.2);
        Draw(Fault.Straggler, 0.3, 0.2);
        Draw(Fault.AttemptDeath, 0.1, 0.4);
        Draw(Fault.Quick, 0.2, 1);
        Draw(Fault.Skew, 0.5, 1);
        Draw(Fault.Poison, 0.04, 1);
        Draw(Fault.Cancel, 0.1, 30);
        return new FaultProfile(rates, [.. Blow.Draw(random, scope).Where(blow => !without.Contains(blow.Name))], scope);
    }

    private static FaultProfile CalmIn(Scope scope) => new(new Dictionary<Fault, double>(), [], scope);

    public override string ToString() => IsCalm ? "calm"
        : string.Join(", ", [.. rates.Select(rate => string.Create(CultureInfo.InvariantCulture, $"{rate.Key} {rate.Value:F3}")), .. blows.Select(blow => blow.Name)]);
}

/// <summary>A kind of fault that comes again and again, by chance.</summary>
internal enum Fault
{
    Drop,
    Duplicate,
    StoreDrop,
    AttemptFailure,
    Corruption,
    Straggler,
    AttemptDeath,
    Quick,
    Skew,
    Poison,
    Cancel,
}
