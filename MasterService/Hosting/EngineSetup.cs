using MapReduce.MasterService.Admission;
using MapReduce.MasterService.Files;
using MapReduce.MasterService.Jobs;
using MapReduce.MasterService.Leases;
using MapReduce.MasterService.Options;
using MapReduce.Output;
using MapReduce.Scheduling;
using MapReduce.Storage;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService.Hosting;

/// <summary>The coordinator and what serves it.</summary>
internal static class EngineSetup
{
    public static void AddEngine(this IServiceCollection services)
    {
        services.AddSingleton<IFileSystem>(PhysicalFileSystem.Instance);
        services.AddSingleton<AllowedRoots>().AddSingleton<JobPlanner>().AddSingleton<JobAdmission>();
        services.AddSingleton(provider => new FileStore(
            provider.GetRequiredService<IFileSystem>(), provider.GetRequiredService<IOptions<MasterOptions>>(), provider.GetRequiredService<TimeProvider>(), path => new DriveInfo(path).AvailableFreeSpace));
        services.AddSingleton<JobOrigins>().AddSingleton<JobSubmission>();
        services.AddSingleton<JobFeeds>().AddSingleton<JobEventStream>().AddSingleton<LongPolls>();
        services.AddSingleton(Coordinator);
        services.AddHostedService<TickService>().AddHostedService<HistoryService>().AddHostedService<ClusterWatch>();
    }

    private static JobCoordinator Coordinator(IServiceProvider services)
    {
        var folder = services.GetRequiredService<IOptions<MasterOptions>>().Value.DataFolder;
        var files = services.GetRequiredService<IFileSystem>();
        return new JobCoordinator(
            services.GetRequiredService<ITaskLeaseStore>(),
            new FileOutputStore(files, folder, OutputDurability.Machine),
            files,
            folder,
            services.GetRequiredService<JobPlanner>().Plan,
            services.GetRequiredService<TimeProvider>(),
            // Without a seed: with one of 32 bits, two masters of a long life would some day draw the same tokens.
            new Random(),
            fillsMapOutputs: false);
    }
}
