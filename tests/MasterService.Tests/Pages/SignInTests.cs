using System.Net;
using MasterService.Tests.Support;

namespace MasterService.Tests.Pages;

/// <summary>The pages of a master that has tokens, as a browser sees them.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Read = "read-0123456789abcdef", Submit = "submit-0123456789abcdef", Worker = "worker-0123456789abcdef";

    private MasterHost _host = null!;
    // It keeps cookies.
    private HttpClient _browser = null!;

    public async Task InitializeAsync()
    {
        _host = await MasterHost.StartAsync(new Dictionary<string, string?>
        {
            ["MapReduce:Tokens:Read"] = Read,
            ["MapReduce:Tokens:Submit"] = Submit,
            ["MapReduce:Tokens:Worker"] = Worker,
        });
        _browser = _host.NewClient(token: null);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/jobs/0123456789abcdef0123456789abcdef")]
    public async Task Page_WithoutPass_Is401WithTheForm(string path)
    {
        using var response = await _browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("""<form method="post" action="/sign-in">""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(Read)]
    [InlineData(Submit)]
    public async Task SignIn_TokenThatMayLook_OpensThePages(string token)
    {
        using var response = await EnterAsync(token);

        Assert.Equal((HttpStatusCode.OK, "/"), (response.StatusCode, response.RequestMessage!.RequestUri!.AbsolutePath));
        Assert.Contains("No job yet", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData("wrong-0123456789abcdef", HttpStatusCode.Unauthorized)]
    [InlineData(Worker, HttpStatusCode.Forbidden)]
    public async Task SignIn_AnotherToken_IsRefusedOnThePage(string token, HttpStatusCode expected)
    {
        using var response = await EnterAsync(token);

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains("role=\"alert\"", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task SignIn_Pass_IsHiddenFromScriptsAndOtherSitesAndIsNoToken()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = _host.Address };
        using var response = await client.PostAsync("/sign-in", Form(Read));

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^mapreduce-pass=[0-9A-F]{64}; path=/; samesite=strict; httponly$", cookie);
    }

    [Theory]
    [InlineData("/v1/jobs", HttpStatusCode.Unauthorized)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    public async Task Pass_OutsideOfPages_OpensTheDescriptionOfTheApiOnly(string path, HttpStatusCode expected)
    {
        using var _ = await EnterAsync(Submit);
        using var response = await _browser.GetAsync(path);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task SignIn_Asked_ShowsTheForm()
    {
        using var response = await _browser.GetAsync("/sign-in");

        Assert.Contains("""<form method="post" action="/sign-in">""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data; boundary=b", "nothing", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "many", HttpStatusCode.BadRequest)]
    public async Task SignIn_AnotherForm_IsRefusedOnThePage(string type, string body, HttpStatusCode expected)
    {
        using var content = new StringContent(body == "many" ? string.Join('&', Enumerable.Range(0, 2_000).Select(n => $"field{n}=1")) : body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        using var response = await _browser.PostAsync("/sign-in", content);

        Assert.Equal((expected, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Pass_ShownAsAToken_IsNone()
    {
        using var response = await _host.NewClient(MapReduce.MasterService.Auth.BearerTokens.PassOf(Submit)).GetAsync("/v1/jobs");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task SignOut_Signed_ClosesThePages()
    {
        using var _ = await EnterAsync(Read);
        using var response = await _browser.PostAsync("/sign-out", null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Page_WithBearerToken_IsShown()
    {
        using var response = await _host.NewClient(Read).GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task SignIn_Log_HoldsNeitherTokenNorPass()
    {
        using var _ = await EnterAsync(Read);

        string[] secrets = [Read, MapReduce.MasterService.Auth.BearerTokens.PassOf(Read)];
        Assert.DoesNotContain(secrets, string.Join('\n', _host.Log.Lines).Contains);
    }

    private Task<HttpResponseMessage> EnterAsync(string token) => _browser.PostAsync("/sign-in", Form(token));

    private static FormUrlEncodedContent Form(string token) => new(new Dictionary<string, string> { ["token"] = token });
}
