using MapReduce.AppHost.Aspire;
using MapReduce.AppHost.Portable;
using MapReduce.AppHost.Portable.Data;

var builder = DistributedApplication.CreateBuilder(args);
// The dashboard and what reports to it talk on loopback. Plain HTTP there needs no certificate that this machine trusts.
builder.Configuration["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] ??= "true";
ClusterOptions options;
DataFolder? data;
try
{
    options = ClusterOptions.Parse(args, builder.Configuration);
    data = builder.ExecutionContext.IsRunMode ? DataFolder.Open(options.DataFolder) : null;
}
catch (Exception wrong) when (wrong is ArgumentException or LauncherException)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
using (data)
{
    builder.AddCluster(options, data);
    await builder.Build().RunAsync();
}
return 0;
