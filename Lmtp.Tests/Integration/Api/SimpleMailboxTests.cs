using System.Net;
using System.Net.Http.Json;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class SimpleMailboxTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mailbox_is_made_listed_given_a_new_password_and_deleted()
    {
        var address = $"{ApiSystem.NewName("simple")}@api.test";
        Assert.Equal(HttpStatusCode.Created, await PostAsync("/api/mailboxes", new { username = address, password = "first" }));
        Assert.True(await IsListedAsync(address));

        var change = $"/api/mailboxes/{address}/change-password";
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(change, new { oldPassword = "wrong", newPassword = "second" }));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(change, new { oldPassword = "first", newPassword = "second" }));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(change, new { oldPassword = "first", newPassword = "third" }));

        using var deleted = await system.Http.DeleteAsync($"/api/mailboxes/{address}", Token);
        using var again = await system.Http.DeleteAsync($"/api/mailboxes/{address}", Token);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
    }

    private async Task<bool> IsListedAsync(string address)
    {
        for (string? cursor = null; ;)
        {
            var page = await system.Api.ListSimpleMailboxesAsync(cursor, 250, Token);
            if (page.Items.Any(mailbox => mailbox.Address == address) || page.NextCursor is null)
            {
                return page.Items.Any(mailbox => mailbox.Address == address);
            }

            cursor = page.NextCursor;
        }
    }

    [Theory]
    [InlineData("no-address", "x", HttpStatusCode.BadRequest)]
    [InlineData("empty@api.test", "", HttpStatusCode.BadRequest)]
    public async Task Mailbox_without_address_or_password_is_refused(string username, string password, HttpStatusCode expected) =>
        Assert.Equal(expected, await PostAsync("/api/mailboxes", new { username, password }));

    [Fact]
    public async Task Stats_count_the_messages_and_recipients_of_a_delivery()
    {
        var user = await system.NewUserAsync();
        await system.ConnectionsClosedAsync();
        var before = await system.Api.GetStatsAsync(Token);

        await system.Api.SendAsync(
            new() { Host = "127.0.0.1", Port = system.System.Lmtp.Port, From = string.Empty, To = [user.Address] }, Token);

        var after = await system.Api.GetStatsAsync(Token);
        Assert.Equal(before.Messages.Total + 1, after.Messages.Total);
        Assert.True(after.Bytes.Total > before.Bytes.Total);
        Assert.True(after.Sessions.Total > before.Sessions.Total);
        Assert.Equal(after.Sessions.Total + after.RejectedConnections.Total, after.Connections.Total);
        Assert.All([after.Connections, after.Sessions, after.Messages, after.Bytes], count => Assert.InRange(count.LastMinute, 1, count.Total));
        Assert.Equal(
            before.Recipients.Values.Sum(outcome => outcome.Total) + 1, after.Recipients.Values.Sum(outcome => outcome.Total));
    }

    private async Task<HttpStatusCode> PostAsync(string path, object body)
    {
        using var response = await system.Http.PostAsJsonAsync(path, body, Token);
        return response.StatusCode;
    }
}
