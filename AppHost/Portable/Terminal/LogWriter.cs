namespace MapReduce.AppHost.Portable.Terminal;

/// <summary>Writes the lines of all services to one stream, each under its service's name. Safe for concurrent use.</summary>
internal sealed class LogWriter(TextWriter writer, bool colour)
{
    /// <summary>The name under which the launcher itself speaks.</summary>
    private const string Self = "launcher";

    // Wide enough for "worker-99": the lines begin in one column.
    private const int Width = 9;

    // ANSI foreground colours that are readable on dark and on light: cyan, green, yellow, magenta, blue.
    private static readonly int[] Colours = [36, 32, 33, 35, 34];

    private readonly Lock _lock = new();

    /// <summary>Standard output, coloured where a person reads it and has not set <c>NO_COLOR</c>.</summary>
    public static LogWriter OfConsole() => new(Console.Out, colour: !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb");

    /// <summary>A line of the service <paramref name="name"/>.</summary>
    public void Line(string name, string line) => Write(Paint(name.PadRight(Width), Colours[Sum(name) % Colours.Length]), line);

    /// <summary>A line of the launcher.</summary>
    public void Say(string line) => Write(Self.PadRight(Width), line);

    /// <summary>A line of the launcher about something that failed.</summary>
    public void Error(string line) => Write(Paint(Self.PadRight(Width), 31), line);

    private static int Sum(string name) => name.Sum(letter => letter);

    private string Paint(string text, int ansi) => colour ? $"\e[{ansi}m{text}\e[0m" : text;

    // A line that a full disk does not take is lost. The services must not learn of it: each waits for its lines to be read.
    private void Write(string name, string text)
    {
        try
        {
            lock (_lock) writer.WriteLine($"{name} | {text}");
        }
        catch (IOException)
        {
        }
    }
}
