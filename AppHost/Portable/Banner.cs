using MapReduce.AppHost.Portable.Data;
using MapReduce.AppHost.Portable.Redis;
using MapReduce.AppHost.Portable.Services;
using MapReduce.AppHost.Portable.Terminal;

namespace MapReduce.AppHost.Portable;

/// <summary>What a person wants to know once the cluster runs.</summary>
internal static class Banner
{
    public static void Write(LogWriter log, LauncherOptions options, Uri master, RedisChoice redis)
    {
        log.Say($"the cluster is ready: {options.Workers} workers with {options.Slots} slots each");
        log.Say($"  dashboard  {master}");
        log.Say($"  Redis      {redis.Description}");
        log.Say($"  data       {options.DataFolder}");
        log.Say($"  submit     mapreduce run wordcount INPUT --output OUTPUT --master {master.ToString().TrimEnd('/')}{TokenFile(options)}");
        // A command's own span is the root of its job's trace.
        if (options.OtlpEndpoint is { } endpoint) log.Say($"  traces     export {string.Join(' ', TelemetryVariables.To(endpoint).Select(variable => $"{variable.Key}={variable.Value}"))}");
        log.Say("  stop       Ctrl+C");
    }

    // The command line finds the token of the default folder by itself.
    private static string TokenFile(LauncherOptions options) =>
        options.DataFolder == DataFolder.DefaultPath() ? "" : $" --token-file {Path.Combine(options.DataFolder, "token")}";
}
