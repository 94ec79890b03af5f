using MapReduce.MasterService.Auth;
using Microsoft.Extensions.Configuration;

namespace MasterService.Tests.Auth;

public sealed class BearerTokensTests
{
    private const string Token = "0123456789abcdef";

    [Fact]
    public void Find_OnlyTokenOfARole_IsTheRole() =>
        Assert.Equal(new TokenHolder("submit", "submit"), Tokens(("Submit", Token)).Find(Token));

    [Fact]
    public void Find_NamedToken_IsRoleAndName() =>
        Assert.Equal(new TokenHolder("submit", "submit:alice"), Tokens(("Submit:alice", Token), ("Submit:bob", Token + "b")).Find(Token));

    [Fact]
    public void Find_NamedTokenBesideTheOnlyOne_IsRoleAndName() =>
        Assert.Equal(new TokenHolder("submit", "submit:bob"), Tokens(("Submit", Token), ("Submit:bob", Token + "b")).Find(Token + "b"));

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdeF")]
    [InlineData("0123456789abcdef0")]
    public void Find_AnotherText_IsNobody(string text) => Assert.Null(Tokens(("Submit", Token)).Find(text));

    [Fact]
    public void Find_HugeText_IsNobody() => Assert.Null(Tokens(("Submit", Token)).Find(new string('a', 1 << 20)));

    [Theory]
    [InlineData("Submit", "short")]
    [InlineData("Submit", "with spaces in the token")]
    [InlineData("Submit", "\t")]
    [InlineData("Admin", Token)]
    public void Problems_OfWrongConfiguration_NameTheKeyAndNotTheToken(string key, string token)
    {
        var problem = Assert.Single(Tokens((key, token)).Problems);
        Assert.True(problem.Contains($"MapReduce:Tokens:{key}") && (token.Length == 0 || !problem.Contains(token)), problem);
    }

    private static BearerTokens Tokens(params (string Key, string Token)[] tokens) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(tokens.ToDictionary(each => $"MapReduce:Tokens:{each.Key}", each => (string?)each.Token)).Build());
}
