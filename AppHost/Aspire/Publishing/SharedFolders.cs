namespace MapReduce.AppHost.Aspire.Publishing;

/// <summary>The folders that containers share, under the same path in all of them.</summary>
internal static class SharedFolders
{
    /// <summary>Inputs and outputs of jobs.</summary>
    public const string Files = "/files";

    /// <summary>The masters' journal.</summary>
    public const string State = "/state";

    /// <summary>Tells the services where they may read and write.</summary>
    public static void Configure(Cluster cluster)
    {
        cluster.Master.WithEnvironment("MapReduce__Roots__0", Files).WithEnvironment("MapReduce__DataFolder", State);
        cluster.Workers.WithEnvironment("MapReduce__Worker__Roots__0", Files)
            .WithEnvironment("MapReduce__Worker__WorkDirectory", "/tmp/mapreduce")
            // Map outputs are fetched from other containers.
            .WithEnvironment("MapReduce__Worker__Listen", "http://*:0");
    }
}
