using MapReduce.Remote;
using Microsoft.Extensions.Options;

namespace MapReduce.WorkerService.Options;

/// <summary>Finds all that is wrong with a worker's options at once; each message names the remedy.</summary>
internal sealed class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(WorkerOptions options)
    {
        if (MasterProblem(options.Master) is { } problem) yield return $"{Key(nameof(options.Master))}: {problem}";
        if (options.Slots is < 1 or > 4096) yield return $"{Key(nameof(options.Slots))} is {options.Slots}: give 1 to 4,096.";
        if (!Path.IsPathFullyQualified(options.WorkDirectory)) yield return $"{Key(nameof(options.WorkDirectory))} is '{options.WorkDirectory}': give an absolute path.";
        if (options.Quota < 0) yield return $"{Key(nameof(options.Quota))} is {options.Quota}: give bytes, or 0 for no limit.";
        if (options.ParallelFetches is < 1 or > 256) yield return $"{Key(nameof(options.ParallelFetches))} is {options.ParallelFetches}: give 1 to 256.";
        if (options.DrainTimeout < TimeSpan.Zero || options.DrainTimeout > TimeSpan.FromDays(1)) yield return $"{Key(nameof(options.DrainTimeout))} is {options.DrainTimeout}: give 0 to 24 hours, such as 00:01:00.";
        if (!IsListenUrl(options.Listen!)) yield return $"{Key(nameof(options.Listen))} is '{options.Listen}': give a URL without a path, such as http://127.0.0.1:0.";
        if (Uri.CheckHostName(options.Advertise!.Trim('[', ']')) == UriHostNameType.Unknown) yield return $"{Key(nameof(options.Advertise))} is '{options.Advertise}': give a host name or an IP address, without scheme and port.";
        foreach (var path in options.JobAssemblies.Where(path => !Path.IsPathFullyQualified(path) || !File.Exists(path)))
            yield return $"{Key(nameof(options.JobAssemblies))} names '{path}': give the absolute path of an existing assembly.";
        foreach (var root in options.Roots.Where(root => !Path.IsPathFullyQualified(root) || !Directory.Exists(root)))
            yield return $"{Key(nameof(options.Roots))} names '{root}': give the absolute path of an existing directory, or mount it here.";
    }

    private static string Key(string option) => $"{WorkerOptions.Section}:{option}";

    private static string? MasterProblem(string masters)
    {
        try
        {
            MasterAddresses.Parse(masters);
            return null;
        }
        catch (FormatException malformed)
        {
            return malformed.Message;
        }
    }

    private static bool IsListenUrl(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
