namespace MapReduce;

/// <summary>A job: a plan of steps, made from options.</summary>
/// <typeparam name="TOptions">A record whose properties are the job's options, each with a default; read from JSON.</typeparam>
public interface IMapReduceJob<TOptions> : IMapReduceJob
    where TOptions : notnull
{
    /// <summary>
    /// The job's steps. Called once by the client that submits and once by every worker: it must give the same plan for the
    /// same options, and read nothing else.
    /// </summary>
    JobPlan Plan(TOptions options);

    Type IMapReduceJob.OptionsType => typeof(TOptions);

    JobPlan IMapReduceJob.Plan(object options) => Plan((TOptions)options);
}

/// <summary>A job, whatever the type of its options. Implement <see cref="IMapReduceJob{TOptions}"/>.</summary>
public interface IMapReduceJob
{
    internal Type OptionsType { get; }

    internal JobPlan Plan(object options);
}
