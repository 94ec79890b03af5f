using System.Security.Cryptography;
using System.Text;

namespace MapReduce.MasterService.Pages;

/// <summary>What all pages have in common. They are complete without scripts, and forbid any.</summary>
internal static class PageLayout
{
    private const string Style = """
        :root{color-scheme:light dark}
        body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:80rem;padding:0 1rem 2rem}
        header,footer{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;padding:.75rem 0}
        header{border-bottom:1px solid GrayText}
        header form{margin-left:auto}
        h1{font-size:1.4rem;margin:1rem 0 .5rem}
        h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;width:100%}
        caption{text-align:left;padding:.25rem 0}
        th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid color-mix(in srgb,GrayText 40%,transparent)}
        .number{text-align:right;font-variant-numeric:tabular-nums}
        code,pre{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere;white-space:pre-wrap;margin:0}
        progress{width:7rem;vertical-align:middle}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}
        dt{font-weight:600}
        dd{margin:0;overflow-wrap:anywhere}
        .good{color:light-dark(#116329,#56d364)}
        .bad{color:light-dark(#a40e26,#ff7b72)}
        """;

    /// <summary>Nothing is loaded, no script runs, forms go nowhere else, and no other site may frame the page.</summary>
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Answers with a page.</summary>
    /// <param name="http">The request.</param>
    /// <param name="title">What the page is about.</param>
    /// <param name="content">All below the heading.</param>
    /// <param name="status">The HTTP status.</param>
    public static Task WriteAsync(HttpContext http, string title, Html content, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // It shows how things stand now, to whom may see it.
        headers.CacheControl = "no-store";
        return http.Response.WriteAsync(Document(title, content, SignIn.IsSignedIn(http)).ToString(), http.RequestAborted);
    }

    private static Html Document(string title, Html content, bool isSignedIn)
    {
        Html style = $"";
        style.AppendLiteral(Style);
        Html signOut = isSignedIn ? $"""<form method="post" action="{SignIn.OutPath}"><button>Sign out</button></form>""" : Html.None;
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} – MapReduce</title>
            <style>{style}</style>
            </head>
            <body>
            <header><strong>MapReduce</strong><nav><a href="/">Jobs and workers</a></nav>{signOut}</header>
            <main>
            <h1>{title}</h1>
            {content}
            </main>
            <footer><a href="/openapi/v1.json">API (OpenAPI)</a><a href="/health">Health</a></footer>
            </body>
            </html>
            """;
    }
}
