namespace MapReduce;

/// <summary>A job: a plan of steps, made from options.</summary>
/// <typeparam name="TOptions">A record whose properties are the job's options, each with a default; read from JSON.</typeparam>
public interface IMapReduceJob<TOptions>
{
    /// <summary>
    /// The job's steps. Called once by the client that submits and once by every worker: it must give the same plan for the
    /// same options, and read nothing else.
    /// </summary>
    JobPlan Plan(TOptions options);
}
