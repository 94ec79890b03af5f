using MapReduce.AppHost.Aspire;

var builder = DistributedApplication.CreateBuilder(args);
// The dashboard and what reports to it talk on loopback. Plain HTTP there needs no certificate that this machine trusts.
builder.Configuration["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] ??= "true";
ClusterOptions options;
try
{
    options = ClusterOptions.Parse(args, builder.Configuration);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
builder.AddCluster(options);
await builder.Build().RunAsync();
return 0;
