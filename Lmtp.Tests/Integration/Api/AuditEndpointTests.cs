using System.Net;
using System.Text.Json;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class AuditEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Life_of_a_user_is_in_the_log_with_before_and_after()
    {
        var user = await system.NewUserAsync();
        await system.Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Name = "New name", Quota = 1_000_000 }, Token);
        await system.Api.DeleteUserAsync(user.Id, cancellationToken: Token);

        var entries = (await system.Api.SearchAuditAsync(target: user.Id, cancellationToken: Token)).Items;

        Assert.Equal(["DeleteUser", "UpdateUser", "CreateUser"], entries.Select(entry => entry.Operation));
        Assert.Equal((null, "New name"), (entries[0].After, Text(entries[0].Before, "name")));
        Assert.Equal((user.Name, "New name"), (Text(entries[1].Before, "name"), Text(entries[1].After, "name")));
        Assert.Null(entries[2].Before);
        Assert.Equal(user.Username, Text(entries[2].After, "username"));
        Assert.All(entries, entry => Assert.Equal(("master", ActorKind.ConfiguredKey, "127.0.0.1"), (entry.Actor, entry.ActorKind, entry.RemoteAddress)));
    }

    [Fact]
    public async Task List_without_states_is_short_and_an_entry_has_them()
    {
        var user = await system.NewUserAsync();

        var listed = Assert.Single((await system.Api.SearchAuditAsync(target: user.Id, states: false, cancellationToken: Token)).Items);
        var entry = await system.Api.GetAuditEntryAsync(listed.Id, Token);

        Assert.Equal((null, null, null), (listed.Request, listed.Before, listed.After));
        Assert.Equal(("CreateUser", user.Username, user.Username), (entry.Operation, Text(entry.Request, "username"), Text(entry.After, "username")));
        Assert.Equivalent(listed with { Request = entry.Request, After = entry.After }, entry);
    }

    [Fact]
    public async Task Entry_that_is_not_there_is_not_found()
    {
        var refusal = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.GetAuditEntryAsync("0123456789abcdef01234567", Token));

        Assert.Equal(HttpStatusCode.NotFound, refusal.StatusCode);
    }

    [Fact]
    public async Task Secrets_are_masked()
    {
        const string Password = "correct horse battery staple";
        var user = await system.Api.CreateUserAsync(
            new CreateUserRequest { Username = ApiSystem.NewName(), Password = Password }, Token);
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = "masked", Scope = "read" }, Token);

        var entries = await system.Http.GetStringAsync($"/api/v1/audit?target={user.Id}", Token)
            + await system.Http.GetStringAsync($"/api/v1/audit?target={key.Id}", Token);

        Assert.Contains("\"password\":\"***\"", entries, StringComparison.Ordinal);
        Assert.Contains("\"key\":\"***\"", entries, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, entries, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Key[30..], entries, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_is_told_by_the_name_and_id_of_its_key()
    {
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = ApiSystem.NewName("robot"), Scope = "write" }, Token);
        using var http = system.System.CreateHttpClient(key.Key);
        var user = await new LmtpApiClient(http).CreateUserAsync(new CreateUserRequest { Username = ApiSystem.NewName() }, Token);

        var entry = Assert.Single((await system.Api.SearchAuditAsync(actor: key.Name, cancellationToken: Token)).Items);

        Assert.Equal((ActorKind.ApiKey, key.Id, "CreateUser"), (entry.ActorKind, entry.ActorId, entry.Operation));
        Assert.Contains(user.Id, entry.Targets);
    }

    [Fact]
    public async Task What_was_refused_or_only_looked_at_is_not_in_the_log()
    {
        var user = await system.NewUserAsync();
        await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Quota = -1 }, Token));
        await system.Api.GetUserAsync(user.Id, Token);

        var entries = (await system.Api.SearchAuditAsync(target: user.Id, cancellationToken: Token)).Items;

        Assert.Equal(["CreateUser"], entries.Select(entry => entry.Operation));
    }

    [Fact]
    public async Task Pages_hold_every_entry_once_the_newest_first()
    {
        var user = await system.NewUserAsync();
        for (var quota = 1; quota <= 6; quota++)
        {
            await system.Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Quota = quota }, Token);
        }

        List<long> quotas = [];
        string? cursor = null;
        do
        {
            var page = await system.Api.SearchAuditAsync(operation: "UpdateUser", target: user.Id, cursor: cursor, limit: 4, cancellationToken: Token);
            quotas.AddRange(page.Items.Select(entry => entry.After!.Value.GetProperty("quota").GetInt64()));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal([6, 5, 4, 3, 2, 1], quotas);
    }

    [Fact]
    public async Task Search_keeps_to_the_time_that_is_asked_for()
    {
        var user = await system.NewUserAsync();
        var made = Assert.Single((await system.Api.SearchAuditAsync(target: user.Id, cancellationToken: Token)).Items).Time;
        var since = made.AddMilliseconds(1);

        Assert.Single((await system.Api.SearchAuditAsync(target: user.Id, from: made, before: since, cancellationToken: Token)).Items);
        Assert.Empty((await system.Api.SearchAuditAsync(target: user.Id, from: since, cancellationToken: Token)).Items);
        Assert.Empty((await system.Api.SearchAuditAsync(target: user.Id, before: made, cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task Log_is_for_administrators_only()
    {
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = "writer", Scope = "write" }, Token);
        using var http = system.System.CreateHttpClient(key.Key);

        using var response = await http.GetAsync("/api/v1/audit", Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static string? Text(JsonElement? value, string name) => value?.GetProperty(name).GetString();
}
