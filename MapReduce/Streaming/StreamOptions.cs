namespace MapReduce.Streaming;

/// <summary>The programs of a streaming job. Each is a program and its arguments: words at blanks, '…' and "…" honoured, no shell.</summary>
/// <param name="Mapper">Reads lines of the input, writes lines <c>key TAB value</c>.</param>
/// <param name="Reducer">Reads the mappers' lines in order of their keys, writes lines of the output; empty (the default) or NONE to write what the mappers write.</param>
/// <param name="Combiner">Reads lines in order of their keys, writes fewer such lines in order of the same keys; empty (the default) for none.</param>
/// <param name="Files">Files and directories that each program finds in its working directory, one a line: an absolute path, or a <see cref="Protocol.ShippedFile"/> of the cluster; empty (the default) for none.</param>
public sealed record StreamOptions(
    [Option("The program that maps.")] string Mapper,
    [Option("The program that reduces; NONE for none.")] string Reducer = "",
    [Option("The program that combines.")] string Combiner = "",
    [Option("Files for the programs' working directory, one path a line.")] string Files = "");
