using System.Security.Cryptography;
using System.Text;

namespace MapReduce.MasterService.Redis;

/// <summary>A script as Redis runs it: its file, before it the libraries that its first line names.</summary>
internal sealed class RedisScript
{
    private const string Uses = "-- uses ";

    private RedisScript(string name, string text)
    {
        Name = name;
        Text = text;
#pragma warning disable CA5350 // The name by which Redis calls a script; nothing is kept secret by it.
        Sha = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
    }

    /// <summary>As in messages.</summary>
    public string Name { get; }

    public string Text { get; }

    public byte[] Sha { get; }

    /// <summary>Reads an embedded script.</summary>
    /// <param name="name">Its path below Scripts, without ".lua".</param>
    /// <param name="library">Replaces libraries by name; null for the files themselves.</param>
    public static RedisScript Load(string name, Func<string, string?>? library = null)
    {
        var body = Read(name);
        var text = new StringBuilder();
        if (body.StartsWith(Uses, StringComparison.Ordinal))
        {
            foreach (var used in body[Uses.Length..body.IndexOf('\n', StringComparison.Ordinal)].Split(' '))
                text.Append(library?.Invoke(used) ?? Read($"lib/{used}")).Append('\n');
        }
        return new RedisScript(name, text.Append(body).ToString());
    }

    /// <summary>The text of a file below Scripts, its name without ".lua".</summary>
    public static string Read(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"The script {name}.lua is not embedded in {typeof(RedisScript).Assembly.GetName().Name}: build it anew.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
