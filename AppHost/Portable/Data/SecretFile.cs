using System.Security.Cryptography;

namespace MapReduce.AppHost.Portable.Data;

/// <summary>A random secret in a file that only its owner may read.</summary>
internal static class SecretFile
{
    private const int Bytes = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The secret of an earlier start, or a new one: 64 hexadecimal digits.</summary>
    public static string ReadOrCreate(string path)
    {
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: >= 2 * Bytes } known)
        {
            File.SetUnixFileMode(path, OwnerOnly);
            return known;
        }
        var secret = New();
        Write(path, secret + "\n");
        return secret;
    }

    public static string New() => RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true);

    /// <summary>Writes a file that nobody else could read at any moment.</summary>
    public static void Write(string path, string content)
    {
        File.Delete(path);
        using var file = new StreamWriter(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        file.Write(content);
    }
}
