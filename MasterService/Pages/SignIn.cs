using MapReduce.MasterService.Auth;

namespace MapReduce.MasterService.Pages;

/// <summary>
/// Lets a browser look at the pages of a master that has tokens. It gets no token to keep, but a pass made of one: the pass opens
/// the pages and nothing else, and is worth nothing once the token is taken from the configuration. Browsers show cookies to every
/// port of a host, so whatever else runs on this machine may come to see it.
/// </summary>
internal sealed class SignIn(BearerTokens tokens)
{
    public const string Path = "/sign-in", OutPath = "/sign-out";

    private const string Cookie = "mapreduce-pass", Field = "token", FormType = "application/x-www-form-urlencoded";

    public static bool IsSignedIn(HttpContext http) => http.Request.Cookies.ContainsKey(Cookie);

    /// <summary>Whose pass the request shows; null when it shows none that is valid.</summary>
    public static TokenHolder? HolderOf(HttpContext http, BearerTokens tokens) =>
        http.Request.Cookies[Cookie] is { } pass ? tokens.FindByPass(pass) : null;

    /// <summary>The form that asks for a token.</summary>
    public static Task AskAsync(HttpContext http, int status, string? problem = null)
    {
        Html alert = problem is null ? Html.None : $"""<p role="alert" class="bad">✗ {problem}</p>""";
        return PageLayout.WriteAsync(http, "Sign in", $"""
            {alert}
            <p>This master has tokens. One of the role <em>read</em> or <em>submit</em> opens its pages. A cluster that was started by the launcher
            keeps it in its data folder: <code>token.read</code>.</p>
            <form method="post" action="{Path}">
            <p><label for="{Field}">Token</label> <input id="{Field}" name="{Field}" type="password" size="48" autocomplete="current-password" required autofocus> <button>Sign in</button></p>
            </form>
            """, status);
    }

    /// <summary>Shows the form, or takes it.</summary>
    public async Task EnterAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) != true)
        {
            await AskAsync(http, HttpMethods.IsGet(http.Request.Method) ? StatusCodes.Status200OK : StatusCodes.Status415UnsupportedMediaType);
            return;
        }
        if (await TokenAsync(http) is not { } token)
        {
            await AskAsync(http, StatusCodes.Status400BadRequest, "The form cannot be read: fill in this one.");
            return;
        }
        switch (tokens.Find(token)?.Role)
        {
            case Roles.Read or Roles.Submit:
                http.Response.Cookies.Append(Cookie, BearerTokens.PassOf(token), Options(http));
                SeeOverview(http);
                break;
            case { } role:
                await AskAsync(http, StatusCodes.Status403Forbidden, $"This token is of the role '{role}', which may not look.");
                break;
            default:
                await AskAsync(http, StatusCodes.Status401Unauthorized, "The master does not know this token.");
                break;
        }
    }

    /// <summary>Has the browser forget its pass.</summary>
    public static Task LeaveAsync(HttpContext http)
    {
        http.Response.Cookies.Delete(Cookie, Options(http));
        SeeOverview(http);
        return Task.CompletedTask;
    }

    private static async Task<string?> TokenAsync(HttpContext http)
    {
        try
        {
            return (await http.Request.ReadFormAsync(http.RequestAborted))[Field].ToString().Trim();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Until the browser is closed.
    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", IsEssential = true };

    private static void SeeOverview(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = "/";
    }
}
