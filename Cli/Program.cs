using MapReduce.App;
using MapReduce.Cli;
using MapReduce.Jobs;
using MapReduce.Local;

return await new CommandLineApp(BuiltInJobs.Catalog, LocalCluster.RunAsync, CliHost.OfProcess()).RunAsync(args);
