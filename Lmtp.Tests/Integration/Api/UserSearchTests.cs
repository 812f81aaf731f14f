using System.Net;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Users are found by any part of their addresses.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class UserSearchTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_part_of_an_address_finds_its_user()
    {
        var name = $"{ApiSystem.NewName()}x";
        var user = await system.Api.CreateUserAsync(
            new CreateUserRequest { Username = name, Address = $"Jane.of.{name}@mail.example.test" }, Token);
        foreach (var part in new[] { $"of.{name}", $"OF{name}", $"{name}@", $"{name}@mail.ex", $"jane.of.{name}@mail.example.test", $"{name[1..]}@MAIL" })
        {
            Assert.Equal([user.Id], (await system.Api.FindUsersAsync(part, cancellationToken: Token)).Items.Select(found => found.Id));
        }

        var inDomain = await AllAsync("mail.example", limit: 50);
        Assert.Contains(user.Id, inDomain);
        Assert.Empty((await system.Api.FindUsersAsync($"{name}.*", cancellationToken: Token)).Items);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task User_with_several_such_addresses_is_listed_once(int limit)
    {
        var name = $"{ApiSystem.NewName()}x";
        List<string> ids = [];
        for (var number = 0; number < 4; number++)
        {
            var user = await system.Api.CreateUserAsync(
                new CreateUserRequest { Username = $"{name}{number}", Address = $"{number}{name}@example.test" }, Token);
            ids.Add(user.Id);
            await system.Api.AddAddressAsync(user.Id, new AddAddressRequest { Address = $"second{3 - number}{name}@example.test" }, Token);
        }

        Assert.Equal(ids, await AllAsync(name, limit));
    }

    [Fact]
    public async Task Both_kinds_of_search_at_once_are_refused()
    {
        using var response = await system.Http.GetAsync(new Uri("/api/v1/users?search=a&contains=b", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<List<string>> AllAsync(string part, int limit)
    {
        List<string> ids = [];
        string? cursor = null;
        do
        {
            var page = await system.Api.FindUsersAsync(part, cursor, limit, Token);
            ids.AddRange(page.Items.Select(user => user.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return ids;
    }
}
