using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

namespace MapReduce.AppHost.Aspire.Publishing;

/// <summary>Publishes a Docker Compose file, for one machine.</summary>
internal static class ComposeTarget
{
    // Compose puts in the user that runs it, if the .env file or the shell says who that is: outputs then belong to them.
    private const string User = "${MAPREDUCE_UID:-1000}:${MAPREDUCE_GID:-1000}";

    public static void Add(IDistributedApplicationBuilder builder, Cluster cluster, int workers)
    {
        builder.AddDockerComposeEnvironment("compose");
        cluster.Master.PublishAsDockerComposeService((_, service) =>
        {
            Complete(service);
            service.AddVolume(Folder(SharedFolders.State));
        });
        cluster.Workers.PublishAsDockerComposeService((_, service) =>
        {
            Complete(service);
            service.Deploy = new Deploy { Replicas = workers };
            service.StopGracePeriod = $"{StopTimes.WorkerSeconds}s";
        });
    }

    private static void Complete(Service service)
    {
        service.User = User;
        service.Restart = "unless-stopped";
        service.AddVolume(Folder(SharedFolders.Files));
    }

    // Beside the compose file: ./files becomes /files.
    private static Volume Folder(string target) => new() { Name = target[1..], Type = "bind", Source = $".{target}", Target = target };
}
