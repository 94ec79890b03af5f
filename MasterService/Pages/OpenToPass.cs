namespace MapReduce.MasterService.Pages;

/// <summary>Marks a route at which a browser may show its pass instead of a token.</summary>
/// <param name="isPage">True when people read the answer: then a refusal is a page, too.</param>
internal sealed class OpenToPass(bool isPage)
{
    public static OpenToPass Page { get; } = new(isPage: true);

    public static OpenToPass Document { get; } = new(isPage: false);

    public bool IsPage => isPage;
}
