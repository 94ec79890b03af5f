using System.Text;
using MapReduce.Storage;

namespace Simulation.Disk;

/// <summary>Draws calls on a few names, so that most of them meet what earlier ones left; files stay open over many calls.</summary>
internal sealed class ContractWalk(Random random, string root) : IDisposable
{
    private static readonly string[] Names = ["a", "b", "c"];

    // What each disk has open, by the place in which both keep it.
    private readonly Dictionary<(IFileSystem Files, int Place), IDisposable> _open = [];

    /// <summary>A call, to be run on each disk, and what it is.</summary>
    public (string What, Func<IFileSystem, string> Run) Draw()
    {
        var (path, other, place, number) = (Draw(3), Draw(3), random.Next(3), random.Next(1000));
        return random.Next(16) switch
        {
            0 or 1 => ($"create {path}", files => Open(files, place, files.Create(path))),
            2 => ($"create exclusively {path}", files => Open(files, place, files.Create(path, exclusive: true))),
            3 or 4 => ($"open {path}", files => Open(files, place + 3, files.OpenRead(path))),
            5 or 6 => ($"write to {place}", files => Write(files, place, $"{number} ", number < 50)),
            7 => ($"read from {place}", files => Read(files, place + 3, number % 10)),
            8 => ($"list {path}", files => string.Join(' ', files.List(path).Select(Show))),
            9 or 10 => ($"make {path}", files => Done(() => files.CreateDirectory(path))),
            11 => ($"delete {path}", files => Done(() => files.Delete(path))),
            12 => ($"delete {path} if empty", files => files.TryDeleteEmpty(path).ToString()),
            13 => ($"rename {path} to {other}", files => Done(() => files.Rename(path, other))),
            14 => ($"link {path} as {other}", files => files.TryLink(path, other).ToString()),
            _ => number switch
            {
                < 100 => ($"sync {path}", files => Done(() => files.SyncDirectory(path))),
                < 300 => ($"delete all of {path}", files => Done(() => files.DeleteTree(path))),
                _ => ($"find {path}", files => files.Find(path) is { } found ? Show(found) : "nothing"),
            },
        };
    }

    public void Dispose()
    {
        foreach (var handle in _open.Values) handle.Dispose();
    }

    private string Draw(int depth)
    {
        var path = root;
        for (var i = random.Next(depth); i >= 0; i--) path = Path.Combine(path, Names[random.Next(Names.Length)]);
        return path;
    }

    private string Open(IFileSystem files, int place, IDisposable handle)
    {
        if (_open.TryGetValue((files, place), out var before)) before.Dispose();
        _open[(files, place)] = handle;
        return "open";
    }

    private string Write(IFileSystem files, int place, string text, bool isSynced)
    {
        if (!_open.TryGetValue((files, place), out var handle)) return "none";
        var writer = (IFileWriter)handle;
        writer.Write(Encoding.UTF8.GetBytes(text));
        if (isSynced) writer.Sync();
        return $"{writer.Length}";
    }

    private string Read(IFileSystem files, int place, int offset)
    {
        if (!_open.TryGetValue((files, place), out var handle)) return "none";
        var buffer = new byte[20];
        var reader = (IFileReader)handle;
        return $"{Encoding.UTF8.GetString(buffer, 0, reader.Read(buffer, offset))} of {reader.Length}";
    }

    private static string Done(Action call)
    {
        call();
        return "done";
    }

    private static string Show(FileEntry entry) => $"{entry.Path} {entry.IsDirectory} {entry.Length}";
}
