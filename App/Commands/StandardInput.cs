using MapReduce.Protocol;

namespace MapReduce.App.Commands;

/// <summary>Standard input as an input of a run: kept in a temporary file, so that tasks can share it, and read it again when one fails.</summary>
internal sealed class StandardInput : IDisposable
{
    private const string Name = "-";

    private readonly DirectoryInfo? _folder;
    private readonly string _path = "";

    /// <exception cref="JobRejectedException">It is named twice.</exception>
    public StandardInput(RunRequest request)
    {
        Request = request;
        var named = request.Inputs.Count(IsNamed);
        if (named == 0) return;
        if (named > 1) throw new JobRejectedException([$"Standard input ({Name}) is named {named} times, and can be read once: name it once."]);
        _folder = Directory.CreateTempSubdirectory("mapreduce-");
        _path = Path.Combine(_folder.FullName, "standard-input");
        File.WriteAllBytes(_path, []);
        Request = request with { Inputs = [.. request.Inputs.Select(input => IsNamed(input) ? input[..^Name.Length] + _path : input)] };
    }

    /// <summary>The request with the file in the place of standard input; it is empty before <see cref="FillAsync"/>.</summary>
    public RunRequest Request { get; }

    /// <summary>True for <c>-</c>, and for <c>name=-</c>.</summary>
    public static bool IsNamed(string input) => input == Name || input.EndsWith($"={Name}", StringComparison.Ordinal);

    /// <summary>Reads it to its end, where it is named.</summary>
    public async Task FillAsync(Func<Stream> open, CancellationToken cancellationToken)
    {
        if (_folder is null) return;
        await using var file = File.OpenWrite(_path);
        await using var input = open();
        // A read of a terminal or a pipe heeds no token.
        await input.CopyToAsync(file, cancellationToken).WaitAsync(cancellationToken);
    }

    public void Dispose() => _folder?.Delete(recursive: true);
}
