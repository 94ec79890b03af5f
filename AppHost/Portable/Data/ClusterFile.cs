using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapReduce.AppHost.Portable.Data;

/// <summary>What runs over a data folder: for the next launcher, which must not start a second Redis beside a dying one.</summary>
/// <param name="Master">Address of the master.</param>
/// <param name="Services">The processes that run now.</param>
internal sealed record ClusterFile(string Master, IReadOnlyList<RunningService> Services)
{
    private static readonly ClusterFile Nothing = new("", []);

    /// <summary>The file as it was written last. One that cannot be understood is left by a machine that lost power: then nothing runs.</summary>
    public static ClusterFile Read(string path)
    {
        if (!File.Exists(path)) return Nothing;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ClusterJson.Default.ClusterFile) ?? Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    public void Write(string path)
    {
        var next = path + ".new";
        File.WriteAllText(next, JsonSerializer.Serialize(this, ClusterJson.Default.ClusterFile));
        File.Move(next, path, overwrite: true);
    }
}

/// <summary>A process of the cluster.</summary>
/// <param name="Name">For instance <c>worker-1</c>.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="Birth">When it started: a process with this id and another birth is somebody else.</param>
internal sealed record RunningService(string Name, int Pid, string Birth);

/// <summary>JSON of this folder's records, generated at build time.</summary>
[JsonSerializable(typeof(ClusterFile))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class ClusterJson : JsonSerializerContext;
