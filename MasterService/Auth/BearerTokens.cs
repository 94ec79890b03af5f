using System.Security.Cryptography;
using System.Text;

namespace MapReduce.MasterService.Auth;

/// <summary>
/// The tokens of the configuration, <c>MapReduce:Tokens:&lt;role&gt;</c>: one, or several by name
/// (<c>MapReduce:Tokens:Submit:alice</c>). Only their hashes are kept. Safe for concurrent use.
/// </summary>
internal sealed class BearerTokens
{
    /// <summary>Characters of a token at least; shorter ones can be guessed.</summary>
    public const int LeastLength = 16;

    private readonly List<Entry> _entries = [];
    private readonly List<string> _problems = [];

    public BearerTokens(IConfiguration configuration)
    {
        foreach (var role in configuration.GetSection("MapReduce:Tokens").GetChildren())
        {
            var known = Roles.All.FirstOrDefault(each => each.Equals(role.Key, StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                _problems.Add($"{role.Path} is no role: use {string.Join(", ", Roles.All)}.");
                continue;
            }
            if (role.Value is { } token) Add(role.Path, known, known, token);
            foreach (var named in role.GetChildren()) Add(named.Path, known, $"{known}:{named.Key}", named.Value ?? "");
        }
    }

    /// <summary>True when there is none: then everybody who reaches the master may do everything.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>What is wrong with the configuration.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Whose token it is; null when it is nobody's. Takes the same time whatever the token has in common with a right one.</summary>
    public TokenHolder? Find(ReadOnlySpan<char> token) => Find(token, static entry => entry.Hash);

    /// <summary>Whose token a pass was made of; null when it is nobody's.</summary>
    public TokenHolder? FindByPass(ReadOnlySpan<char> pass) => Find(pass, static entry => entry.PassHash);

    /// <summary>What a browser keeps instead of a token: every master can tell whose it is, and nobody can make the token of it.</summary>
    public static string PassOf(string token) => Convert.ToHexString(Hash($"mapreduce-pass {token}"));

    private TokenHolder? Find(ReadOnlySpan<char> text, Func<Entry, byte[]> hashOf)
    {
        if (text.Length > 512) return null;
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
        TokenHolder? found = null;
        foreach (var entry in _entries)
            if (CryptographicOperations.FixedTimeEquals(hashOf(entry), hash)) found = entry.Holder;
        return found;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private void Add(string path, string role, string subject, string token)
    {
        if (token.Length < LeastLength || token.Any(c => c is <= ' ' or > '~'))
            _problems.Add($"{path} must be {LeastLength} or more printable ASCII characters without spaces (it has {token.Length} characters): make one with 'openssl rand -hex 32'.");
        else
            _entries.Add(new Entry(Hash(token), Hash(PassOf(token)), new TokenHolder(role, subject)));
    }

    private sealed record Entry(byte[] Hash, byte[] PassHash, TokenHolder Holder);
}

/// <summary>Who shows a token.</summary>
/// <param name="Role">What the token allows.</param>
/// <param name="Subject">Who it is, for the job's origin: the role, or role and name.</param>
internal sealed record TokenHolder(string Role, string Subject);
