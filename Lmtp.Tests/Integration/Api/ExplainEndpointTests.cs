using System.Net;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class ExplainEndpointTests(ApiSystem system)
{
    private const string Message = "From: Shop <shop@friend.test>\r\nSubject: Invoice 7\r\nX-Spam-Status: Yes\r\n\r\nPlease pay.\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_that_is_sent_along_is_explained_and_not_stored()
    {
        var user = await system.NewUserAsync();
        var entry = await system.Api.ExplainAsync(
            user.Id, new ExplainRequest { Raw = Encoding.ASCII.GetBytes(Message), Sender = "shop@friend.test" }, Token);

        Assert.Equal(("stored", "Junk", user.Address), (entry.Outcome, entry.Mailbox, entry.Recipient));
        Assert.Equal("spam_level", entry.Spam!.Source);
        Assert.Contains("x-spam-status (100)", entry.Spam.Reason, StringComparison.Ordinal);
        Assert.All(await system.Api.ListMailboxesAsync(user.Id, Token), mailbox => Assert.Equal(0, mailbox.Total));
    }

    [Fact]
    public async Task Stored_message_is_explained_as_its_delivery_was_logged()
    {
        var user = await system.NewUserAsync();
        var stored = await DeliverAsync(user.Address);
        var entry = await system.Api.ExplainAsync(user.Id, new ExplainRequest { Message = stored }, Token);
        Assert.Equal(("stored", "Junk", stored), (entry.Outcome, entry.Mailbox, entry.Message));
        Assert.Equal("sender@friend.test", entry.Sender);
    }

    [Theory]
    [InlineData("{}", "message")]
    [InlineData("{\"message\":\"0123456789abcdef01234567\",\"raw\":\"eA==\"}", "message")]
    [InlineData("{\"message\":\"nothing\"}", "message")]
    [InlineData("{\"raw\":\"eA==\",\"recipient\":\"nobody\"}", "recipient")]
    [InlineData("{\"raw\":\"eA==\",\"recipient\":\"stranger@other.test\"}", "recipient")]
    public async Task Request_that_makes_no_sense_names_its_field(string body, string field)
    {
        var user = await system.NewUserAsync();
        using var response = await PostAsync($"/api/v1/users/{user.Id}/explain", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{field}\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explain", "{\"raw\":\"eA==\"}")]
    [InlineData("filters/try", "{\"filter\":{}}")]
    public async Task User_that_is_not_there_is_not_found(string path, string body)
    {
        using var response = await PostAsync($"/api/v1/users/0123456789abcdef01234567/{path}", body);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Filter_is_tried_on_the_last_messages_before_it_is_saved()
    {
        var user = await system.NewUserAsync();
        var stored = await DeliverAsync(user.Address);
        var filter = new FilterRequest
        {
            Extension = new FilterExtension
            {
                Conditions = [new FilterCondition { Type = "header", Name = "subject", Op = "wildcard", Value = "invoice *" }],
                Actions = new FilterActions { Mailbox = new FilterMailbox { Path = "Bills", Create = true }, Keywords = ["bill"] },
            },
        };
        var tried = Assert.Single(await system.Api.TryFilterAsync(user.Id, new TryFilterRequest { Filter = filter }, Token));

        Assert.Equal((stored, "stored", "Bills"), (tried.Message, tried.Outcome, tried.Mailbox));
        Assert.True(tried.Filter.Applied);
        Assert.Equal(["bill"], tried.Flags);
        Assert.Equal("shop@friend.test", Assert.Single(tried.From).Address);
        Assert.Contains("Invoice 7", Assert.Single(tried.Filter.Conditions).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(await system.Api.ListMailboxesAsync(user.Id, Token), mailbox => mailbox.Path == "Bills");
    }

    [Theory]
    [InlineData("{\"filter\":{},\"id\":\"x\"}", "id")]
    [InlineData("{\"filter\":{\"action\":{\"mailbox\":\"x\"}}}", "filter.action.mailbox")]
    [InlineData("{\"filter\":{},\"count\":0}", "count")]
    [InlineData("{\"filter\":{},\"count\":101}", "count")]
    public async Task Filter_that_makes_no_sense_names_its_field(string body, string field)
    {
        var user = await system.NewUserAsync();
        using var response = await PostAsync($"/api/v1/users/{user.Id}/filters/try", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{field}\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_is_tried_in_the_place_of_the_one_it_changes_also_where_that_is_switched_off()
    {
        var user = await system.NewUserAsync();
        var changed = await system.Api.CreateFilterAsync(user.Id, new FilterRequest { Disabled = true }, Token);
        await system.Api.CreateFilterAsync(
            user.Id, new FilterRequest { Query = new FilterQuery { Subject = "invoice" }, Action = new FilterAction { Seen = false } }, Token);
        await DeliverAsync(user.Address);
        var edited = new FilterRequest { Query = new FilterQuery { Subject = "invoice" }, Action = new FilterAction { Seen = true, Spam = false } };

        var first = await system.Api.TryFilterAsync(user.Id, new TryFilterRequest { Id = changed.Id, Filter = edited }, Token);
        var last = await system.Api.TryFilterAsync(user.Id, new TryFilterRequest { Filter = edited }, Token);

        Assert.Equal(["\\Seen"], Assert.Single(first).Flags);
        Assert.Empty(Assert.Single(last).Flags);
    }

    [Fact]
    public async Task Filter_that_does_not_exist_is_not_found_where_another_would_take_its_place()
    {
        var user = await system.NewUserAsync();
        var other = await system.NewUserAsync();
        var filter = await system.Api.CreateFilterAsync(other.Id, new FilterRequest(), Token);
        using var response = await PostAsync($"/api/v1/users/{user.Id}/filters/try", $$"""{"filter":{},"id":"{{filter.Id}}"}""");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await system.Http.PostAsync(path, content, Token);
    }

    private async Task<string> DeliverAsync(string address)
    {
        await using var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token);
        await client.CommandAsync("MAIL FROM:<sender@friend.test>", Token);
        await client.CommandAsync($"RCPT TO:<{address}>", Token);
        await client.CommandAsync("DATA", Token);
        return StoredReply.MessageId(await client.CommandAsync($"{Message}.", Token));
    }
}
