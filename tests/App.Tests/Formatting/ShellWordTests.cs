using MapReduce.App.Formatting;

namespace App.Tests.Formatting;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("out/part-r-00000", "out/part-r-00000")]
    [InlineData("my out/part", "'my out/part'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    public void Quote_Word_CanBePastedIntoAShell(string word, string quoted)
    {
        if (OperatingSystem.IsWindows()) quoted = word.All(c => c is not (' ' or '\'')) && word.Length > 0 ? word : $"\"{word}\"";
        Assert.Equal(quoted, ShellWord.Quote(word));
    }
}
