using System.Text;

namespace MapReduce.Tests.Input.Formats;

/// <summary>The odd contents that every format is given, whatever it makes of them, and random changes of any.</summary>
internal static class EdgeContents
{
    /// <summary>Bytes as the characters of Latin-1. The last is larger than what readers take at once.</summary>
    public static string[] All { get; } =
    [
        "", "x", "\n", "\r\n", "\n\n\n", "\0", "12345678", "1234567\n", "a\rb\tc\rd", "a\tb\nc\td\n", "a\tb\r\nc\r\n\r\n",
        "a\tb\nno tab\n\tno key\nno value\t\nend\twithout newline", "one line that is longer than many splits\tand its value\n",
        "\u00ef\u00bb\u00bfa\tb\nc\n", "\u00ef\u00bb\u00bf", "\u00ef\u00bb\u00bf\n", "\u00ef\u00bb", "\u00c3\u0028\t\u0080\n\0\t\0\n",
        "1\n{}\n  \n[1, \"\u00c3\u00a9\"]\r\n\"x\"", "\u00ef\u00bb\u00bf{\"a\":[true,null]}\n\t\n", "1 2\n", "{\"a\":\n1}\n",
        "a,b\n1,2\n\n3,4", "a,b\r\n\"x,\"\"y\"\"\",\r\n\r\n2,z\r\n", "a,b\n1,\"two\nlines\"\n", "a,b\n1\n2,3\n", "a,b\n1,\"open\n2,3\n", "a,b\n1,x\"y\n",
        "a\tb\n1\t\"two\tfields\"\n\"\"\t2\n", "a,b\r1,2\n3,4\r5,6", "\"a\",b\n1,2\n", "a\n\"\"\n", new string('y', 300_000) + "\tz\n",
    ];

    /// <summary>The content with up to three bytes put in, taken out or changed.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(mutated.Count + 1);
            var kind = random.Next(4);
            if (kind == 0) mutated.Insert(at, (byte)random.Next(256));
            else if (kind == 1) mutated.Insert(at, (byte)"\n\r\t,\"{"[random.Next(6)]);
            else if (at < mutated.Count && kind == 2) mutated[at] ^= (byte)(1 << random.Next(8));
            else if (at < mutated.Count) mutated.RemoveAt(at);
        }

        return [.. mutated];
    }

    public static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);
}
