using System.Text;

namespace MapReduce.Jobs;

/// <summary>
/// Ranks the pages of a graph of links by those that link to them: a line <c>page TAB rank</c> for each. A chain of as many steps as
/// iterations, each of which reads what the one before it made.
/// </summary>
/// <remarks>
/// A rank is 0.15 plus 0.85 times the shares of the pages that link to the page; each shares its rank equally among its links, of which
/// the same one counts once. A page without links passes nothing on.
/// </remarks>
public sealed class PageRank : IMapReduceJob<PageRankOptions>
{
    // Ranks are whole numbers of billionths: their sums depend neither on order nor on grouping.
    private const long One = 1_000_000_000;

    /// <inheritdoc/>
    public JobPlan Plan(PageRankOptions options)
    {
        var pages = Job.ReadLines()
            .Map(line => Link(line.Utf8))
            .CombineValues((_, links) => [Union(links)])
            .Reduce((_, links) => new Page(One, Union(links)));
        for (var i = 0; i < options.Iterations; i++)
        {
            pages = pages
                .Map(Shares)
                .CombineValues((_, parts) => [parts.Aggregate(Add)])
                .Reduce((_, parts) => Damp(parts.Aggregate(Add)));
        }
        return pages.Map((name, page) => new[] { (name, page.Rank / (decimal)One) }).WriteText();
    }

    // Both ends are pages: also the one that nothing links from.
    private static IEnumerable<(string Page, string[] Links)> Link(Utf8Text line)
    {
        var words = line.Words().Select(word => word.ToString()).ToList();
        if (words is not ([] or [_, _])) throw new FormatException($"'{Encoding.UTF8.GetString(line.Span)}' is not a link: write two pages, from and to, with a blank between.");
        return words is [var from, var to] ? [(from, [to]), (to, [])] : [];
    }

    private static IEnumerable<(string Page, Page Part)> Shares(string name, Page page) =>
        page.Links.Select(link => (link, new Page(page.Rank / page.Links.Length, []))).Prepend((name, page with { Rank = 0 }));

    private static Page Add(Page a, Page b) => new(a.Rank + b.Rank, a.Links.Length > 0 ? a.Links : b.Links);

    private static Page Damp(Page page) => page with { Rank = ((One * 15) + (page.Rank * 85)) / 100 };

    private static string[] Union(IEnumerable<string[]> links) => [.. links.SelectMany(each => each).Distinct().Order(StringComparer.Ordinal)];

    private sealed record Page(long Rank, string[] Links);
}

/// <summary>How long <see cref="PageRank"/> goes on.</summary>
/// <param name="Iterations">Steps after which ranks are taken for settled.</param>
public sealed record PageRankOptions([Option("How often ranks are passed on", Min = 1, Max = 100)] int Iterations = 10);
