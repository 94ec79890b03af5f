namespace MapReduce.Worker;

/// <summary>What an attempt needs of its worker.</summary>
internal sealed record AttemptDesk(string WorkerId, IAttemptRunner Runner, AttemptReporter Reporter, CompletionOutbox Outbox, HeldOutputs Held, AttemptPace Pace, TimeProvider Time);
