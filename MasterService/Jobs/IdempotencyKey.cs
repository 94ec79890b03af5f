using System.Security.Cryptography;
using MapReduce.MasterService.Http;
using MapReduce.Remote;

namespace MapReduce.MasterService.Jobs;

/// <summary>What a job's id is the hash of: the caller and the caller's key, so that nobody can guess or take another's.</summary>
internal static class IdempotencyKey
{
    private const int Longest = 256;

    /// <summary>The key of a request; a random one when the caller sent none, and so does not want to repeat itself.</summary>
    public static string Of(HttpContext http)
    {
        var key = http.Request.Headers[MasterApi.IdempotencyHeader].ToString();
        if (key.Length == 0) key = RandomNumberGenerator.GetHexString(32);
        if (key.Length > Longest) throw RequestException.Wrong($"{MasterApi.IdempotencyHeader} has {key.Length} characters: use {Longest} at most.");
        // A subject holds no line break.
        return $"{http.User.Identity?.Name}\n{key}";
    }
}
