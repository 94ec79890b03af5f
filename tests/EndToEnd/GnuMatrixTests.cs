using EndToEnd.Support;

namespace EndToEnd;

/// <summary>However the work is divided, and with little memory, the output is that of GNU tools, byte for byte.</summary>
[Collection(TextTests.Name)]
public sealed class GnuMatrixTests(Texts texts)
{
    private const string Tiny = "64KiB", Huge = "1GiB";

    public static TheoryData<int, int, string> Divisions
    {
        get
        {
            var divisions = new TheoryData<int, int, string>();
            foreach (var workers in new[] { 1, 2, 7 })
                foreach (var reducers in new[] { 1, 13 })
                    foreach (var split in new[] { Tiny, Huge }) divisions.Add(workers, reducers, split);
            return divisions;
        }
    }

    [Theory]
    [MemberData(nameof(Divisions))]
    public async Task Sort_Divided_EqualsGnuSort(int workers, int reducers, string split)
    {
        var run = await RunAsync("sort", workers, reducers, split);
        Same.Bytes(await texts.Generated.AnswerAsync("""sort "$@" """), run.Parts());
    }

    [Theory]
    [MemberData(nameof(Divisions))]
    public async Task WordCount_Divided_EqualsGnuUniq(int workers, int reducers, string split)
    {
        var run = await RunAsync("wordcount", workers, reducers, split);
        Same.Bytes(await texts.Generated.AnswerAsync(InputText.CountWords), await run.SortedPartsAsync());
    }

    [Theory]
    [InlineData(1, Tiny)]
    [InlineData(2, Huge)]
    [InlineData(7, Tiny)]
    public async Task Grep_Divided_EqualsGnuGrep(int workers, string split)
    {
        var run = await RunAsync("grep", workers, 1, split, "--set", "pattern=th.?e[a-z]+");
        Same.Bytes(await texts.Generated.AnswerAsync("""LC_ALL=C.UTF-8 grep -ahE 'th.?e[a-z]+' "$@" """), run.Parts());
    }

    private Task<JobRun> RunAsync(string job, int workers, int reducers, string split, params IEnumerable<string> more) =>
        JobRun.RunAsync(texts, texts.Generated, job, ["--workers", $"{workers}", "--reducers", $"{reducers}", "--split-size", split, "--memory", "16MiB", .. more]);
}
