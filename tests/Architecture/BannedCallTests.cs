using System.Text.RegularExpressions;

namespace Architecture;

public sealed class BannedCallTests
{
    /// <summary>Pattern, where it is banned, and what to write instead.</summary>
    public static TheoryData<string, string[], string> Bans => new()
    {
        { @"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b", ["MapReduce", "Jobs", "App", "Cli", "tests"], "take a TimeProvider" },
        { @"\bStopwatch\b|\bEnvironment\.TickCount", ["MapReduce", "Jobs", "App", "Cli", "tests"], "take a TimeProvider" },
        { @"\bThread\.Sleep\b", ["MapReduce", "Jobs", "App", "Cli", "tests"], "wait for a condition" },
        { @"\bTask\.Delay\([^,()]*(\([^()]*\))?[^,()]*\)", ["MapReduce", "Jobs", "App", "Cli", "tests"], "pass the TimeProvider" },
        { @"\bRandom\.Shared\b|\bnew Random\(\)", ["MapReduce", "Jobs", "App", "Cli", "tests"], "inject a Random with a seed" },
        { @"(?<!override int )\bGetHashCode\(|\bHashCode\.", ["MapReduce/Map", "MapReduce/Shuffle", "MapReduce/Spill", "MapReduce/Merge", "MapReduce/Reduce"], "hash the encoded key: GetHashCode differs from process to process" },
        { @"\bConsole\.", ["MapReduce", "Jobs"], "a library does not own the terminal" },
        { @"\bSkip\s*=", ["tests"], "make the test pass, or delete it" },
    };

    [Theory]
    [MemberData(nameof(Bans))]
    public void Calls_Banned_AreNotInTheSource(string pattern, string[] folders, string instead)
    {
        var ban = new Regex(pattern, RegexOptions.CultureInvariant);
        var found = folders.Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder)))
            .SelectMany(Repository.Sources)
            .Where(file => file != "tests/Architecture/BannedCallTests.cs")
            .SelectMany(file => Repository.Lines(file).Select((line, index) => (file, line, number: index + 1)))
            .Where(at => !at.line.TrimStart().StartsWith("//", StringComparison.Ordinal) && ban.IsMatch(at.line))
            .Select(at => $"{at.file}:{at.number}: {at.line.Trim()}: {instead}")
            .ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
