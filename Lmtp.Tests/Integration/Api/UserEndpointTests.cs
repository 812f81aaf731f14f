using System.Net;
using System.Net.Http.Json;
using System.Text;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class UserEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_user_has_address_and_the_five_first_mailboxes()
    {
        var user = await system.NewUserAsync();

        var addresses = await system.Api.ListAddressesAsync(user.Id, Token);
        var mailboxes = await system.Api.ListMailboxesAsync(user.Id, Token);
        Assert.Equal([user.Address], addresses.Where(address => address.Main).Select(address => address.Address));
        Assert.Equal(["Drafts", "INBOX", "Junk", "Sent Mail", "Trash"], mailboxes.Select(mailbox => mailbox.Path).Order(StringComparer.Ordinal));
        Assert.All(mailboxes, mailbox => Assert.Equal((0, 0, 1), (mailbox.Total, mailbox.Unseen, mailbox.UidNext)));
    }

    [Fact]
    public async Task Created_user_is_found_at_its_location()
    {
        var name = ApiSystem.NewName();
        using var response = await system.Http.PostAsJsonAsync("/api/v1/users", new { username = name }, Token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);

        var found = await system.Http.GetFromJsonAsync<UserResponse>(response.Headers.Location, Token);

        Assert.Equal(name, found?.Username);
    }

    [Fact]
    public async Task User_name_that_differs_in_case_and_dots_only_is_taken()
    {
        var user = await system.NewUserAsync("jane.doe");

        var refused = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.CreateUserAsync(
            new CreateUserRequest { Username = user.Username.Replace(".", string.Empty, StringComparison.Ordinal).ToUpperInvariant() }, Token));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task Address_of_somebody_else_is_taken()
    {
        var user = await system.NewUserAsync();

        var refused = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.CreateUserAsync(
            new CreateUserRequest { Username = ApiSystem.NewName(), Address = user.Address }, Token));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task All_faults_of_a_request_are_told_at_once_by_field()
    {
        var refused = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.CreateUserAsync(
            new CreateUserRequest { Username = "a b", Quota = -1, SpamLevel = 101, Tags = [" "] }, Token));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["quota", "spamLevel", "tags", "username"], refused.Problem!.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"username":"x1","colour":"red"}""", "colour")]
    [InlineData("""{"username":7}""", "username")]
    [InlineData("""{"username":"x1","quota":"many"}""", "quota")]
    [InlineData("""{}""", "username")]
    [InlineData("""{"username":""", "username")]
    public async Task Body_that_does_not_fit_is_refused_with_its_field(string body, string field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await system.Http.PostAsync("/api/v1/users", content, Token);

        var problem = await response.Content.ReadFromJsonAsync(LmtpJsonContext.Default.ProblemResponse, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(field, problem?.Errors?.Keys ?? []);
    }

    [Fact]
    public async Task Change_keeps_what_it_does_not_name()
    {
        var user = await system.NewUserAsync();

        var changed = await system.Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Quota = 5_000_000, Disabled = true }, Token);

        Assert.Equal((5_000_000, true, user.Name), (changed.Quota, changed.Disabled, changed.Name));
        Assert.Equivalent(changed, await system.Api.GetUserAsync(user.Id, Token), strict: true);
    }

    [Fact]
    public async Task Everything_that_a_user_is_made_or_changed_with_is_read_again()
    {
        var name = ApiSystem.NewName();
        var given = new CreateUserRequest
        {
            Username = name,
            Password = "first pass phrase",
            Name = "Made",
            Address = $"{name}@api.test",
            Language = "et",
            Quota = 1,
            Retention = 2,
            SpamLevel = 3,
            ReceivedMax = 4,
            Forwards = 5,
            Tags = ["six"],
        };
        var changes = new UpdateUserRequest
        {
            Password = "second pass phrase",
            Name = "Changed",
            Language = "de",
            Quota = 11,
            Retention = 12,
            SpamLevel = 13,
            ReceivedMax = 14,
            Forwards = 15,
            Tags = ["sixteen"],
            Targets = ["seventeen@example.org"],
            Disabled = true,
        };

        var made = await system.Api.CreateUserAsync(given, Token);
        Assert.Equivalent(new { given.Username, given.Name, given.Address, given.Language, given.Quota, given.Retention, given.SpamLevel, given.ReceivedMax, given.Forwards, given.Tags, Disabled = false }, made);
        Assert.True(await IsPasswordAsync(given.Address, given.Password));

        await system.Api.UpdateUserAsync(made.Id, changes, Token);
        var read = await system.Api.GetUserAsync(made.Id, Token);
        Assert.Equivalent(new { changes.Name, changes.Language, changes.Quota, changes.Retention, changes.SpamLevel, changes.ReceivedMax, changes.Forwards, changes.Tags, changes.Targets, changes.Disabled, given.Username, given.Address }, read);
        Assert.True(await IsPasswordAsync(given.Address, changes.Password));
        Assert.False(await IsPasswordAsync(given.Address, given.Password));
    }

    [Fact]
    public async Task Deleted_user_is_gone_and_its_address_free()
    {
        var user = await system.NewUserAsync();

        await system.Api.DeleteUserAsync(user.Id, cancellationToken: Token);

        var missing = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.GetUserAsync(user.Id, Token));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        var next = await system.Api.CreateUserAsync(
            new CreateUserRequest { Username = ApiSystem.NewName(), Address = user.Address }, Token);
        Assert.Equal(user.Address, next.Address);
    }

    [Fact]
    public async Task Pages_of_a_search_hold_every_user_once_in_order()
    {
        var prefix = ApiSystem.NewName("paged") + "x";
        var names = Enumerable.Range(0, 7).Select(number => $"{prefix}{number}").ToList();
        foreach (var name in names.AsEnumerable().Reverse())
        {
            await system.Api.CreateUserAsync(new CreateUserRequest { Username = name }, Token);
        }

        List<string> found = [];
        string? cursor = null;
        do
        {
            var page = await system.Api.ListUsersAsync(prefix, cursor, limit: 3, Token);
            Assert.InRange(page.Items.Count, 1, 3);
            found.AddRange(page.Items.Select(user => user.Username));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(names, found);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=251")]
    [InlineData("limit=abc")]
    public async Task Limit_outside_of_its_range_is_refused(string query)
    {
        using var response = await system.Http.GetAsync($"/api/v1/users?{query}", Token);

        var problem = await response.Content.ReadFromJsonAsync(LmtpJsonContext.Default.ProblemResponse, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("limit", problem?.Errors?.Keys ?? []);
    }

    /// <summary>Whether it is, as one who changes it to itself is told.</summary>
    private async Task<bool> IsPasswordAsync(string address, string password)
    {
        using var response = await system.Http.PostAsJsonAsync(
            $"/api/mailboxes/{address}/change-password", new { oldPassword = password, newPassword = password }, Token);
        return response.IsSuccessStatusCode;
    }

    [Theory]
    [InlineData("/api/v1/users/0123456789abcdef01234567")]
    [InlineData("/api/v1/users/not-an-id")]
    [InlineData("/api/v1/users/0123456789abcdef01234567/mailboxes")]
    [InlineData("/api/v1/nothing")]
    public async Task What_does_not_exist_is_not_found_with_problem_details(string path)
    {
        using var response = await system.Http.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
