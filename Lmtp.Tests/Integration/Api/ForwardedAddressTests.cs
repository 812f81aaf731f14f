using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class ForwardedAddressTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forwarded_address_is_made_changed_found_and_deleted()
    {
        var name = ApiSystem.NewName("forward");
        var made = await CreateAsync(new { address = $"{name}@api.test", targets = new[] { "a@example.org", "smtp://mx.example.org:25" } });
        var path = $"/api/v1/forwarded-addresses/{made.Id}";

        using var patched = await system.Http.PatchAsJsonAsync(path, new { targets = new[] { "b@example.org" }, forwards = 7, disabled = true, name = "B" }, Token);
        var changed = await patched.Content.ReadFromJsonAsync<ForwardedAddressResponse>(Token);
        var listed = await system.Http.GetFromJsonAsync<PageResponse<ForwardedAddressResponse>>($"/api/v1/forwarded-addresses?search={name}", Token);

        Assert.Equal(["a@example.org", "smtp://mx.example.org:25"], made.Targets);
        Assert.Equal((7, true, "B"), (changed!.Forwards, changed.Disabled, changed.Name));
        Assert.Equal(["b@example.org"], changed.Targets);
        Assert.Equal([made.Id], listed!.Items.Select(item => item.Id));
        using var deleted = await system.Http.DeleteAsync(path, Token);
        using var gone = await system.Http.GetAsync(path, Token);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task Target_of_our_own_carries_its_user()
    {
        var user = await system.NewUserAsync();
        var made = await CreateAsync(new { address = $"{ApiSystem.NewName("local")}@api.test", targets = new[] { user.Address, "away@example.org" } });

        var stored = await new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("addresses")
            .Find(Builders<BsonDocument>.Filter.Eq("_id", ObjectId.Parse(made.Id))).SingleAsync(Token);

        Assert.False(stored.Contains("user"));
        Assert.Equal([user.Id, string.Empty], stored["targets"].AsBsonArray.Select(target => target.AsBsonDocument.GetValue("user", string.Empty).ToString()!));
    }

    [Fact]
    public async Task Address_of_a_user_is_taken_and_is_no_forwarded_one()
    {
        var user = await system.NewUserAsync();
        var address = Assert.Single(await system.Api.ListAddressesAsync(user.Id, Token));

        using var created = await system.Http.PostAsJsonAsync(
            "/api/v1/forwarded-addresses", new { address = user.Address, targets = new[] { "a@example.org" } }, Token);
        using var read = await system.Http.GetAsync($"/api/v1/forwarded-addresses/{address.Id}", Token);
        using var deleted = await system.Http.DeleteAsync($"/api/v1/forwarded-addresses/{address.Id}", Token);

        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (created.StatusCode, read.StatusCode, deleted.StatusCode));
    }

    [Theory]
    [InlineData("no address")]
    [InlineData("ftp://example.org")]
    [InlineData("a@")]
    [InlineData("")]
    public async Task Target_that_nothing_can_be_sent_to_is_refused(string target)
    {
        using var response = await system.Http.PostAsJsonAsync(
            "/api/v1/forwarded-addresses", new { address = $"{ApiSystem.NewName("bad")}@api.test", targets = new[] { target } }, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Main_address_is_changed_and_an_address_named()
    {
        var user = await system.NewUserAsync();
        var second = await system.Api.AddAddressAsync(user.Id, new AddAddressRequest { Address = $"{ApiSystem.NewName("second")}@api.test" }, Token);
        var path = $"/api/v1/users/{user.Id}/addresses/{second.Id}";

        using var response = await system.Http.PatchAsJsonAsync(path, new { name = "Second", main = true }, Token);
        using var refused = await system.Http.PatchAsJsonAsync(path, new { main = false }, Token);

        var changed = await response.Content.ReadFromJsonAsync<AddressResponse>(Token);
        Assert.Equal(("Second", true), (changed!.Name, changed.Main));
        Assert.Equal(second.Address, (await system.Api.GetUserAsync(user.Id, Token)).Address);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Domain_alias_is_made_listed_and_deleted()
    {
        var alias = $"{ApiSystem.NewName("alias")}.test";
        using var made = await system.Http.PostAsJsonAsync("/api/v1/domain-aliases", new { alias, domain = "api.test" }, Token);
        using var again = await system.Http.PostAsJsonAsync("/api/v1/domain-aliases", new { alias = alias.ToUpperInvariant(), domain = "other.test" }, Token);
        var created = await made.Content.ReadFromJsonAsync<DomainAliasResponse>(Token);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict), (made.StatusCode, again.StatusCode));
        Assert.Equal((alias, "api.test"), (created!.Alias, created.Domain));
        Assert.Contains(created.Id, await AliasIdsAsync());
        using var deleted = await system.Http.DeleteAsync($"/api/v1/domain-aliases/{created.Id}", Token);
        using var gone = await system.Http.GetAsync($"/api/v1/domain-aliases/{created.Id}", Token);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));
    }

    [Theory]
    [InlineData("a@b", "api.test", "alias")]
    [InlineData("", "api.test", "alias")]
    [InlineData("x.test", "a b", "domain")]
    [InlineData("same.test", "Same.test", "alias")]
    public async Task What_is_no_domain_is_refused_with_its_field(string alias, string domain, string field)
    {
        using var response = await system.Http.PostAsJsonAsync("/api/v1/domain-aliases", new { alias, domain }, Token);

        var problem = await response.Content.ReadFromJsonAsync(LmtpJsonContext.Default.ProblemResponse, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(field, problem!.Errors!.Keys);
    }

    private async Task<List<string>> AliasIdsAsync()
    {
        List<string> ids = [];
        string? cursor = null;
        do
        {
            var page = await system.Api.ListDomainAliasesAsync(cursor, cancellationToken: Token);
            ids.AddRange(page.Items.Select(alias => alias.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return ids;
    }

    private async Task<ForwardedAddressResponse> CreateAsync(object request)
    {
        using var response = await system.Http.PostAsJsonAsync("/api/v1/forwarded-addresses", request, Token);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<ForwardedAddressResponse>(Token))!;
    }
}
