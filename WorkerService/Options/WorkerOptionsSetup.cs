using System.Net;
using Microsoft.Extensions.Options;

namespace MapReduce.WorkerService.Options;

/// <summary>Fills in what the environment says where the worker's own section is silent.</summary>
internal sealed class WorkerOptionsSetup(IConfiguration configuration) : IPostConfigureOptions<WorkerOptions>
{
    public void PostConfigure(string? name, WorkerOptions options)
    {
        if (options.Master.Length == 0) options.Master = configuration["services:master:https:0"] ?? configuration["services:master:http:0"] ?? "";
        if (string.IsNullOrEmpty(options.Advertise)) options.Advertise = configuration["POD_IP"];
        if (string.IsNullOrEmpty(options.Listen)) options.Listen = string.IsNullOrEmpty(options.Advertise) ? "http://127.0.0.1:0" : "http://*:0";
        if (string.IsNullOrEmpty(options.Advertise)) options.Advertise = IsLoopback(options.Listen) ? "127.0.0.1" : Dns.GetHostName();
    }

    private static bool IsLoopback(string listen)
    {
        try
        {
            var host = BindingAddress.Parse(listen).Host;
            return host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        }
        catch (FormatException)
        {
            // The validator refuses it, together with all else that is wrong.
            return true;
        }
    }
}
