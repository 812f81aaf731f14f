using System.Net;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class DeliveryEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivery_is_found_by_its_recipient_and_read_with_its_reasons()
    {
        var user = await system.NewUserAsync();
        await DeliverAsync(user.Address);

        var found = await FindAsync(new DeliverySearch { Recipient = user.Address.ToUpperInvariant() });
        var entry = await system.Api.GetDeliveryAsync(found.Id, Token);

        Assert.Equal(("stored", "INBOX", user.Id), (entry.Outcome, entry.Mailbox, entry.User));
        Assert.Equal(("message", 1L), (entry.Phase, entry.Uid!.Value));
        Assert.NotEmpty(entry.Resolution);
        Assert.NotEmpty(entry.Stages);
        Assert.StartsWith("250 2.1.5 Message stored as ", entry.Reply, StringComparison.Ordinal);
        Assert.Equal(entry.Message, found.Message);
    }

    [Fact]
    public async Task Refused_recipient_is_found_by_its_outcome()
    {
        var address = $"{ApiSystem.NewName("nobody")}@api.test";
        await using (var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token))
        {
            await client.CommandAsync("MAIL FROM:<>", Token);
            Assert.StartsWith("550 5.1.1", await client.CommandAsync($"RCPT TO:<{address}>", Token), StringComparison.Ordinal);
        }

        var found = await FindAsync(new DeliverySearch { Recipient = address, Sender = "<>", Outcomes = ["unknown_recipient", "stored"] });
        Assert.Equal("unknown_recipient", found.Outcome);
    }

    [Fact]
    public async Task Entry_that_is_not_there_is_not_found()
    {
        using var response = await system.Http.GetAsync("/api/v1/deliveries/0123456789abcdef01234567", Token);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("user=nobody")]
    [InlineData("limit=0")]
    [InlineData("from=yesterday")]
    [InlineData("recipient=a%00b")]
    public async Task Search_that_makes_no_sense_is_refused(string query)
    {
        using var search = await system.Http.GetAsync($"/api/v1/deliveries?{query}", Token);
        Assert.Equal(HttpStatusCode.BadRequest, search.StatusCode);
    }

    [Fact]
    public async Task Delivery_log_is_closed_without_a_key()
    {
        foreach (var path in new[] { "/api/v1/deliveries", "/api/v1/deliveries/live", "/api/v1/deliveries/0123456789abcdef01234567" })
        {
            using var response = await system.Anonymous.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task Live_stream_shows_the_deliveries_that_were_asked_for()
    {
        var user = await system.NewUserAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/deliveries/live?recipient={user.Address}");
        using var response = await system.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        Assert.Equal(": watching", await reader.ReadLineAsync(Token));

        await DeliverAsync((await system.NewUserAsync()).Address);
        await DeliverAsync(user.Address);

        // Until it comes, the stream says from time to time that it is there.
        string? line;
        do
        {
            line = await reader.ReadLineAsync(Token);
        }
        while (line is "" || line?.StartsWith(':') == true);

        Assert.Equal("event: delivery", line);
        Assert.StartsWith("id: ", await reader.ReadLineAsync(Token), StringComparison.Ordinal);
        Assert.Contains($"\"address\":\"{user.Address}\"", await reader.ReadLineAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typed_client_watches_deliveries()
    {
        var user = await system.NewUserAsync();
        await using var watch = system.Api
            .WatchDeliveriesAsync(new DeliverySearch { Recipient = user.Address }, () => DeliverAsync(user.Address), Token)
            .GetAsyncEnumerator(Token);

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(user.Address, watch.Current.Address);
    }

    private async Task DeliverAsync(string address)
    {
        await using var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token);
        await client.DeliverAsync(
            "sender@example.org", [address], Encoding.UTF8.GetBytes($"Subject: x\r\n\r\n{Guid.NewGuid()}\r\n"), Token);
    }

    private async Task<DeliverySummaryResponse> FindAsync(DeliverySearch search)
    {
        DeliverySummaryResponse? found = null;
        await Eventually.TrueAsync(async () =>
            (await system.Api.SearchDeliveriesAsync(search, cancellationToken: Token)).Items is [var newest, ..] && (found = newest) is not null);
        return found!;
    }
}
