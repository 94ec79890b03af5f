using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MapReduce.AppHost.Aspire.Publishing;

/// <summary>Publishes a Helm chart.</summary>
internal static class KubernetesTarget
{
    public static void Add(IDistributedApplicationBuilder builder, Cluster cluster)
    {
        var kubernetes = builder.AddKubernetesEnvironment("kubernetes");
        // Read and written by pods on all nodes.
        var files = kubernetes.AddPersistentVolume("files").WithCapacity("100Gi").WithAccessMode(PersistentVolumeAccessMode.ReadWriteMany);
        var state = kubernetes.AddPersistentVolume("state").WithCapacity("10Gi").WithAccessMode(PersistentVolumeAccessMode.ReadWriteMany);
        cluster.Master.WithPersistentVolume(files, SharedFolders.Files).WithPersistentVolume(state, SharedFolders.State)
            .PublishAsKubernetesService(CorrectProbes);
        cluster.Workers.WithPersistentVolume(files, SharedFolders.Files).PublishAsKubernetesService(CompleteWorker);
        if (cluster.Redis is IResourceBuilder<RedisResource> redis)
            redis.WithPersistentVolume(kubernetes.AddPersistentVolume(RedisModel.Volume).WithCapacity("10Gi").WithAccessMode(PersistentVolumeAccessMode.ReadWriteOnce));
    }

    private static void CompleteWorker(KubernetesResource worker)
    {
        CorrectProbes(worker);
        // Persistent volumes make it a stateful set, whose pods would start one after the other.
        if (worker.Workload is StatefulSet set) set.Spec.PodManagementPolicy = "Parallel";
        var pod = worker.Workload!.PodTemplate.Spec;
        pod.TerminationGracePeriodSeconds = StopTimes.WorkerSeconds;
        // The name of a pod is not known to the others, its address is.
        var address = new EnvVarV1 { Name = "POD_IP", ValueFrom = new EnvVarSourceV1 { FieldRef = new ObjectFieldSelectorV1 { FieldPath = "status.podIP" } } };
        foreach (var container in pod.Containers) container.Env.Add(address);
    }

    // Kubernetes knows the scheme HTTP only in capitals; Aspire 13.6 writes it as in a URL.
    private static void CorrectProbes(KubernetesResource service)
    {
        var containers = service.Workload!.PodTemplate.Spec.Containers;
        foreach (var probe in containers.SelectMany(container => new[] { container.ReadinessProbe, container.LivenessProbe }))
            if (probe?.HttpGet is { } request) request.Scheme = request.Scheme.ToUpperInvariant();
    }
}
