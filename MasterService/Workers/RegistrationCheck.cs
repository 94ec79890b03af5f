using MapReduce.MasterService.Http;
using MapReduce.Protocol;

namespace MapReduce.MasterService.Workers;

/// <summary>What a registration must look like. Other workers will open connections to the address that it names.</summary>
internal static class RegistrationCheck
{
    private const int LongestId = 128, LongestText = 1_024, MostSlots = 4_096;

    public static void Check(WorkerRegistration worker)
    {
        var problems = Problems(worker).ToList();
        if (problems.Count > 0) throw RequestException.Wrong(problems);
    }

    private static IEnumerable<string> Problems(WorkerRegistration worker)
    {
        if (worker.Id.Length is 0 or > LongestId || !worker.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            yield return $"The worker's id '{worker.Id}' must be 1 to {LongestId} letters, digits, '-', '_' or '.'.";
        if (worker.Slots is < 1 or > MostSlots)
            yield return $"The worker's slots are {worker.Slots}: use 1 to {MostSlots}.";
        if (worker.Address is { } address && (address.Length > LongestText || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            yield return $"The worker's address '{address}' must be an absolute http or https URL.";
        if (worker.WorkDirectory is { Length: > LongestText })
            yield return $"The worker's work directory has {worker.WorkDirectory.Length} characters (limit {LongestText}).";
    }
}
