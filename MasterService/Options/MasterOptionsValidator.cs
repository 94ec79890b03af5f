using MapReduce.MasterService.Auth;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService.Options;

/// <summary>Refuses to start a master that is configured wrongly. Finds everything at once, and says how to go on.</summary>
internal sealed class MasterOptionsValidator(IConfiguration configuration, BearerTokens tokens) : IValidateOptions<MasterOptions>
{
    private const string Prefix = MasterOptions.Section;

    public ValidateOptionsResult Validate(string? name, MasterOptions options)
    {
        string[] problems = [.. Folders(options), .. Numbers(options), .. tokens.Problems, .. Exposure(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Folders(MasterOptions options)
    {
        if (!Path.IsPathFullyQualified(options.DataFolder))
            yield return $"{Prefix}:DataFolder is '{options.DataFolder}': write an absolute path.";
        foreach (var root in options.Roots)
        {
            if (!Path.IsPathFullyQualified(root)) yield return $"{Prefix}:Roots holds '{root}': write absolute paths.";
            else if (!Directory.Exists(root)) yield return $"{Prefix}:Roots holds '{root}', which is no directory here: create or mount it, or leave it out.";
        }
    }

    private static IEnumerable<string> Numbers(MasterOptions options)
    {
        var (history, limits) = (options.History, options.Limits);
        if (history.Jobs < 1) yield return $"{Prefix}:History:Jobs is {history.Jobs}: use 1 or more.";
        if (history.Age < TimeSpan.FromHours(1)) yield return $"{Prefix}:History:Age is {history.Age}: use an hour (01:00:00) or more.";
        if (limits.ActiveJobs < 1) yield return $"{Prefix}:Limits:ActiveJobs is {limits.ActiveJobs}: use 1 or more.";
        if (limits.MapTasks < 1) yield return $"{Prefix}:Limits:MapTasks is {limits.MapTasks}: use 1 or more.";
        if (limits.OptionsLength < 2) yield return $"{Prefix}:Limits:OptionsLength is {limits.OptionsLength}: use 2 (an empty object) or more.";
        if (limits.FileBytes < 0) yield return $"{Prefix}:Limits:FileBytes is {limits.FileBytes}: use 0 or more.";
        if (limits.RequestBytes < 64 << 10) yield return $"{Prefix}:Limits:RequestBytes is {limits.RequestBytes}: use {64 << 10} or more.";
    }

    // Whoever can submit a job can read and write files as this user: never from another machine without being asked.
    private IEnumerable<string> Exposure(MasterOptions options)
    {
        if (BindAddresses.Of(configuration).Open is not { Count: > 0 } open) yield break;
        var where = string.Join(", ", open);
        if (tokens.IsEmpty)
            yield return $"The master would listen on {where}, where other machines reach it, without any token: set {Prefix}:Tokens:Submit, "
                + $"{Prefix}:Tokens:Worker and {Prefix}:Tokens:Read to random texts of at least {BearerTokens.LeastLength} characters, or listen on loopback only (--urls http://127.0.0.1:5080).";
        if (options.Roots.Count == 0)
            yield return $"The master would listen on {where}, where other machines reach it, and jobs could read and write any file: set {Prefix}:Roots:0 "
                + "to the directory that holds inputs and outputs, or listen on loopback only (--urls http://127.0.0.1:5080).";
    }
}
