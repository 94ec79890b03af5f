using System.IO.Compression;
using System.Text;

namespace AppHost.Tests.Scenarios.Jobs;

/// <summary>A directory of inputs of every kind that jobs meet: many splits, none, odd ends of lines, compressed, odd names.</summary>
internal static class EdgeInputs
{
    private const int Seed = 3, Lines = 8_000;

    /// <summary>Writes them into a folder, and gives it back.</summary>
    public static string Write(string folder)
    {
        var random = new Random(Seed);
        Put(folder, "many splits.txt", Text(random, Lines, "\n"));
        Put(folder, "empty.txt", "");
        Put(folder, "a byte.txt", "x");
        Put(folder, "no final newline.txt", Text(random, 20, "\n") + "the end");
        Put(folder, "crlf.txt", Text(random, 50, "\r\n"));
        Put(folder, "empty lines.txt", "\n\n\nerror 7 alone\n\n");
        Put(folder, "Ünï 'quoted' \"name\".txt", "Straße naïve ERROR 12 straße\n日本語 error\n");
        Put(folder, "-dash.txt", Text(random, 30, "\n"));
        Put(folder, "not utf8.txt", [0xC3, (byte)' ', 0xFF, (byte)'e', (byte)'\n', 0x80, (byte)'\n']);
        using var zipped = new GZipStream(File.Create(Path.Combine(folder, "zipped.txt.gz")), CompressionLevel.Fastest);
        zipped.Write(Encoding.UTF8.GetBytes(Text(random, 900, "\n")));
        return folder;
    }

    private static void Put(string folder, string name, string text) => Put(folder, name, Encoding.UTF8.GetBytes(text));

    private static void Put(string folder, string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder, name), bytes);

    // Lines such as "w17 W4 error 230 w2".
    private static string Text(Random random, int lines, string end)
    {
        var text = new StringBuilder();
        for (var line = 0; line < lines; line++)
        {
            for (var word = random.Next(12); word >= 0; word--) text.Append(random.Next(2) == 0 ? 'w' : 'W').Append(random.Next(300)).Append(' ');
            if (random.Next(5) == 0) text.Append("error ").Append(random.Next(1_000));
            text.Append(end);
        }

        return text.ToString();
    }
}
