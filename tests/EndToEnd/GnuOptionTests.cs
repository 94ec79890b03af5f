using EndToEnd.Support;

namespace EndToEnd;

/// <summary>The options of the jobs mean what those of GNU tools mean.</summary>
[Collection(TextTests.Name)]
public sealed class GnuOptionTests(Texts texts)
{
    private static readonly string[] Divided = ["--reducers", "3", "--split-size", "1MiB"];

    [Theory]
    [InlineData("-u", "unique=true")]
    [InlineData("-r", "reverse=true")]
    [InlineData("-k2", "key=2")]
    [InlineData("-k2,3 -r", "key=2,3 reverse=true")]
    [InlineData("-k2,2 -u", "key=2,2 unique=true")]
    [InlineData("-k3,3 -u -r", "key=3,3 unique=true reverse=true")]
    [InlineData("-t e -k2,3", "separator=e key=2,3")]
    [InlineData("-n -r", "numeric=true reverse=true")]
    [InlineData("-t : -k2,2 -n -u", "separator=: key=2,2 numeric=true unique=true")]
    public async Task Sort_Options_EqualGnuSort(string gnu, string options) => Same.Bytes(
        await texts.Real.AnswerAsync($"""sort {gnu} "$@" """),
        (await JobRun.RunAsync(texts, texts.Real, "sort", [.. Divided, .. Set(options)])).Parts());

    [Theory]
    [InlineData("-F 'the value'", "literal=true;pattern=the value")]
    [InlineData("-Fi 'THE VALUE'", "literal=true;ignoreCase=true;pattern=THE VALUE")]
    [InlineData("-E '^ +<summary>'", "pattern=^ +<summary>")]
    [InlineData("-E '[^ a-z]+>.?$'", "pattern=[^ a-z]+>.?$")]
    [InlineData("-E 'cref=\"T:.*Exception\"'", "pattern=cref=\"T:.*Exception\"")]
    [InlineData("-Ei '(null|empty)\\.'", "ignoreCase=true;pattern=(null|empty)\\.")]
    [InlineData("-E '\\bnull\\b.{3,9}\\bor\\b'", "pattern=\\bnull\\b.{3,9}\\bor\\b")]
    public async Task Grep_Options_EqualGnuGrep(string gnu, string options) => Same.Bytes(
        await texts.Real.AnswerAsync($"""LC_ALL=C.UTF-8 grep -ah {gnu} "$@" """),
        (await JobRun.RunAsync(texts, texts.Real, "grep", [.. Divided, .. Set(options, ';')])).Parts());

    [Fact]
    public async Task Grep_Count_EqualsGnuGrep() => Same.Bytes(
        await texts.Real.AnswerAsync("""cat "$@" | grep -ac summary"""),
        (await JobRun.RunAsync(texts, texts.Real, "grep", [.. Divided, .. Set("pattern=summary count=true")])).Parts());

    [Fact]
    public async Task Distinct_Lines_EqualGnuSortUnique() => Same.Bytes(
        await texts.Real.AnswerAsync("""sort -u "$@" """),
        await (await JobRun.RunAsync(texts, texts.Real, "distinct", Divided)).SortedPartsAsync());

    [Fact]
    public async Task WordCount_RealText_EqualsGnuUniq() => Same.Bytes(
        await texts.Real.AnswerAsync(InputText.CountWords),
        await (await JobRun.RunAsync(texts, texts.Real, "wordcount")).SortedPartsAsync());

    [Fact]
    public async Task InvertedIndex_RealText_EqualsGnuJoin()
    {
        // A pair of word and file for each, once, in order: then the files of a word together.
        const string Script = """
            for file in "$@"; do tr -s ' \t\v\f\r' '\n' < "$file" | { grep -v '^$' || true; } | sort -u | sed "s|\$|\t$file|"; done | sort -t $'\t' -k1,1 -k2,2 |
            awk -F '\t' '$1 "" == word { printf ",%s", $2; next } { if (NR > 1) print ""; word = $1; printf "%s\t%s", $1, $2 } END { print "" }' | sort
            """;
        var run = await JobRun.RunAsync(texts, texts.Real, "inverted-index", Divided);
        Same.Bytes(await texts.Real.AnswerAsync(Script), await run.SortedPartsAsync());
    }

    private static IEnumerable<string> Set(string options, char between = ' ') => options.Split(between).SelectMany(option => new[] { "--set", option });
}
