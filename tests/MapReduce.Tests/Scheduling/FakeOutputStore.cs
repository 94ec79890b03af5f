using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Tests.Scheduling;

/// <summary>An output store that only remembers what it was told. It outlives coordinators, as a disk does.</summary>
internal sealed class FakeOutputStore : IOutputStore
{
    private readonly Dictionary<string, JobOutcome> _outcomes = [];
    private readonly Dictionary<string, string> _owners = [];

    public HashSet<string> MissingTokens { get; } = [];
    public List<JobOutcome> CarriedOut { get; } = [];
    public Exception? CarryOutFails { get; set; }
    public Exception? MissingFails { get; set; }

    /// <summary>The output that <see cref="CarryOutFails"/> is about; null for all.</summary>
    public string? FailingOutput { get; set; }

    public void Claim(string jobId, JobSpec spec)
    {
        if (_owners.TryAdd(spec.Output, jobId) || _owners[spec.Output] == jobId) return;
        throw new OutputExistsException($"'{spec.Output}' is taken by job {_owners[spec.Output]}.");
    }

    public IReadOnlyList<Winner> Missing(string output, string jobId, IReadOnlyList<Winner> winners) =>
        MissingFails is null ? [.. winners.Where(winner => MissingTokens.Contains(winner.Token))] : throw MissingFails;

    public JobOutcome Publish(string jobId, JobOutcome outcome)
    {
        _outcomes.TryAdd(jobId, outcome);
        return _outcomes[jobId];
    }

    public JobOutcome? Outcome(string jobId) => _outcomes.GetValueOrDefault(jobId);

    public void CarryOut(string jobId, JobOutcome outcome)
    {
        if (CarryOutFails is not null && (FailingOutput ?? outcome.Output) == outcome.Output) throw CarryOutFails;
        CarriedOut.Add(outcome);
    }

    /// <summary>Forgets the outcomes, which lie in the folders of their jobs, with those.</summary>
    public void Forget() => _outcomes.Clear();

    public IFileWriter Create(string output, string jobId, TaskId task, string token, string name) => throw new NotSupportedException();
    public void Seal(string output, string jobId, TaskId task, string token) => throw new NotSupportedException();
    public void Discard(string output, string jobId, TaskId task, string token) => throw new NotSupportedException();
}
