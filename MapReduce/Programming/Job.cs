using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MapReduce.Input.Formats;
using MapReduce.Map;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce;

/// <summary>
/// Where a plan begins: its inputs and their formats. Files that end in .gz, .br or .deflate are decompressed. An input that
/// has a name is given its paths as <c>name=path</c>; without one it reads all paths of the job.
/// </summary>
public static class Job
{
    /// <summary>The input as lines: each ends with LF or CRLF, the last of a file perhaps with neither. Text in UTF-16 or UTF-32 is known by its byte-order mark.</summary>
    /// <param name="input">The input's name; null (the default) for all paths of the job.</param>
    public static Lines ReadLines(string? input = null) => new(InputShape.Lines(Checked(input)));

    /// <summary>The input as lines of a key, a separator and a value, like <c>key&lt;TAB&gt;value</c>. A line without separator is a key with an empty value.</summary>
    /// <param name="separator">The first in a line counts; default: TAB.</param>
    /// <param name="input">The input's name; null (the default) for all paths of the job.</param>
    public static Records<(Utf8Text Key, Utf8Text Value)> ReadKeyValues(char separator = '\t', string? input = null) => Read(new KeyValueFormat(separator), input);

    /// <summary>
    /// The input as whole files: each is one record, and is never cut. Its content may have as many bytes as a task has memory
    /// (<see cref="JobSpec.MemoryPerSlot"/>), 512 MiB at most, and is held beside that.
    /// </summary>
    /// <param name="input">The input's name; null (the default) for all paths of the job.</param>
    public static Records<WholeFile> ReadFiles(string? input = null) => Read(new WholeFileFormat(), input);

    /// <summary>The input as JSON values, one on each line (JSON Lines). Blank lines are passed over; a line that is null is bad.</summary>
    /// <param name="type">
    /// How a value becomes a record, such as one that the source generator made; null (the default) for reflection with the settings
    /// of <see cref="JsonSerializerOptions.Web"/>: property names in camel case, letter case ignored.
    /// </param>
    /// <param name="input">The input's name; null (the default) for all paths of the job.</param>
    /// <exception cref="NotSupportedException">The serializer cannot make the type.</exception>
    public static Records<T> ReadJson<T>(JsonTypeInfo<T>? type = null, string? input = null) =>
        Read(new JsonFormat<T>(type ?? (JsonTypeInfo<T>)JsonSerializerOptions.Web.GetTypeInfo(typeof(T))), input);

    /// <summary>The input as records of a fixed length, one after the other without separators. The memory of a record is valid during the call.</summary>
    /// <param name="length">Bytes of a record; a file whose length is no multiple of it fails the job.</param>
    /// <param name="input">The input's name; null (the default) for all paths of the job.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1, or above 512 MiB.</exception>
    public static Records<ReadOnlyMemory<byte>> ReadFixed(int length, string? input = null) => Read(new FixedFormat(length), input);

    /// <summary>The input as records of any format.</summary>
    /// <param name="format">The format, for all files of the input.</param>
    /// <param name="input">The input's name; null (the default) for all paths of the job.</param>
    public static Records<T> Read<T>(InputFormat<T> format, string? input = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        return new(new InputShape(format.IsSplittable, format.IsText, Checked(input)), new FormatFlow<T>(format));
    }

    private static string? Checked(string? input) => input is null || (input.Length > 0 && !input.Contains('=', StringComparison.Ordinal)) ? input
        : throw new ArgumentException($"'{input}' cannot be the name of an input: it must have a character, and no equals sign.", nameof(input));

    /// <summary>
    /// Data that every task needs whole: read from a file when it is first asked for, once for each job on each worker, where it is
    /// called in <see cref="IMapReduceJob{TOptions}.Plan"/>.
    /// </summary>
    /// <param name="path">The file: absolute, and on a cluster the same for all workers.</param>
    /// <param name="read">Makes the data of the file's content; must not keep the stream.</param>
    /// <exception cref="ArgumentException">The path is not absolute, there is no such file, or it cannot be opened.</exception>
    public static SideData<T> SideData<T>(string path, Func<Stream, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!Path.IsPathFullyQualified(path))
            throw new ArgumentException($"The side data '{path}' has no absolute path, and a worker may run in another directory: write {Path.GetFullPath(path)}.", nameof(path));
        if (!File.Exists(path))
            throw new ArgumentException($"The side data '{path}' is no file: it must be there, at the same path, for whoever submits the job and for every worker.", nameof(path));
        try
        {
            PhysicalFileSystem.Instance.OpenRead(path).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The side data '{path}' cannot be opened: {error.Message} Whoever submits the job and every worker must be able to read it.", nameof(path), error);
        }

        return new SideData<T>(path, read);
    }
}
