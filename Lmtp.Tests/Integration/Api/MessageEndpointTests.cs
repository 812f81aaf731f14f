using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed partial class MessageEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivered_message_is_listed_and_read_with_its_text()
    {
        var user = await system.NewUserAsync();
        var id = await DeliverAsync(user, Message(1));

        var message = await system.Api.GetMessageAsync(user.Id, id, Token);

        Assert.Equal("Grüße 1", message.Subject);
        Assert.Equal(new MessageAddressResponse("Zoë Carol", "carol@example.org"), Assert.Single(message.From));
        Assert.Contains("Text of number 1", message.Text, StringComparison.Ordinal);
        Assert.Equal("carol@example.org", message.EnvelopeFrom);
        Assert.Equal([user.Address], message.EnvelopeTo);
        Assert.Contains(message.Header, line => line.StartsWith("Subject:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_are_listed_newest_first_page_by_page()
    {
        var user = await system.NewUserAsync();
        List<string> delivered = [];
        for (var number = 0; number < 5; number++)
        {
            delivered.Add(await DeliverAsync(user, Message(number)));
        }

        var inbox = (await system.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == "INBOX");
        List<string> listed = [];
        string? cursor = null;
        do
        {
            var page = await system.Api.ListMessagesAsync(user.Id, inbox.Id, cursor, limit: 2, Token);
            listed.AddRange(page.Items.Select(message => message.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(delivered.AsEnumerable().Reverse(), listed);
        Assert.Equal((5, 5, 6), (inbox.Total, inbox.Unseen, inbox.UidNext));
    }

    [Fact]
    public async Task Raw_message_is_byte_for_byte_what_was_handed_over()
    {
        var user = await system.NewUserAsync();
        var sent = Message(7);
        var id = await DeliverAsync(user, sent);

        var raw = await system.Api.GetRawMessageAsync(user.Id, id, Token);

        Assert.Equal(Encoding.UTF8.GetString(sent), Encoding.UTF8.GetString(raw));
    }

    [Fact]
    public async Task Raw_message_with_known_entity_tag_is_not_sent_again()
    {
        var user = await system.NewUserAsync();
        var path = $"/api/v1/users/{user.Id}/messages/{await DeliverAsync(user, Message(8))}/raw";
        using var first = await system.Http.GetAsync(path, Token);
        Assert.Equal("message/rfc822", first.Content.Headers.ContentType?.MediaType);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag ?? EntityTagHeaderValue.Any);
        using var second = await system.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Message_of_somebody_else_is_not_found()
    {
        var owner = await system.NewUserAsync();
        var other = await system.NewUserAsync();
        var id = await DeliverAsync(owner, Message(9));

        foreach (var path in new[] { string.Empty, "/raw" })
        {
            using var response = await system.Http.GetAsync($"/api/v1/users/{other.Id}/messages/{id}{path}", Token);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private static byte[] Message(int number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
        From: =?utf-8?Q?Zo=C3=AB?= Carol <carol@example.org>
        To: somebody@api.test
        Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= {number}
        Date: Mon, 01 Jun 2026 10:00:0{number % 10} +0000
        Message-ID: <{Guid.NewGuid():N}@example.org>

        Text of number {number}.
        .A line with a dot.

        """).ReplaceLineEndings("\r\n"));

    private async Task<string> DeliverAsync(UserResponse user, byte[] message)
    {
        await using var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token);
        var reply = Assert.Single(await client.DeliverAsync("carol@example.org", [user.Address], message, Token));
        Assert.StartsWith("250 2.1.5", reply, StringComparison.Ordinal);
        return ObjectIdPattern().Match(reply).Value;
    }

    [GeneratedRegex("[0-9a-f]{24}")]
    private static partial Regex ObjectIdPattern();
}
