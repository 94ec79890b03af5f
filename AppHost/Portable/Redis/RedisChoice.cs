using MapReduce.AppHost.Portable.Processes;

namespace MapReduce.AppHost.Portable.Redis;

/// <summary>Which Redis the cluster uses: one of its own (<see cref="Program"/>), one that runs already (<see cref="Connection"/>), or none.</summary>
internal sealed record RedisChoice(string? Program, string? Connection, string Description)
{
    private const string Variable = "ConnectionStrings__redis";

    private const string InMemory = "leases in the master's memory, which its end forgets: jobs begin anew from their journals";

    /// <summary>Reads the option <c>--redis</c>. <c>auto</c> takes the connection string of the environment first.</summary>
    public static RedisChoice Of(string option) => option switch
    {
        "auto" => Auto(),
        "none" => new RedisChoice(null, null, $"none: {InMemory}"),
        ['/' or '.' or '~', ..] => Own(option),
        _ => Running(option, "--redis"),
    };

    private static RedisChoice Auto()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } connection) return Running(connection, Variable);
        return Programs.Find("redis-server") is { } program
            ? new RedisChoice(program, null, program)
            : new RedisChoice(null, null, $"none, because redis-server is not on the PATH: {InMemory}");
    }

    private static RedisChoice Own(string path) => Programs.IsExecutable(path)
        ? new RedisChoice(Path.GetFullPath(path), null, Path.GetFullPath(path))
        : throw new LauncherException($"--redis is '{path}', which is no program: give the path of redis-server, a connection string (localhost:6379), auto or none.");

    // What follows the first comma may be a password.
    private static RedisChoice Running(string connection, string source) => connection.Split(',')[0] is { Length: > 0 } server && !server.Contains('=')
        ? new RedisChoice(null, connection, $"{server} (from {source})")
        : throw new LauncherException($"{source} does not begin with a server: write a connection string such as localhost:6379,password=..., or auto or none.");
}
