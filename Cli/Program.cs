using MapReduce;
using MapReduce.Cli;
using MapReduce.Local;

return await new CommandLineApp(new JobCatalog(), LocalCluster.RunAsync, CliHost.OfProcess()).RunAsync(args);
