using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.RateLimiting;

/// <summary>Two server processes that share one database and one Redis.</summary>
public sealed class TwoServersTests(GarnetFixture garnet) : IClassFixture<GarnetFixture>
{
    private const int Limit = 40;
    private const int Clients = 4;
    private const int PerClient = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Together_they_take_exactly_what_the_limit_allows()
    {
        garnet.Require();
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings__redis"] = garnet.ConnectionString,
            ["Lmtp__RateLimits__SenderMessages__Count"] = $"{Limit}",
            ["Lmtp__RateLimits__SenderMessages__Period"] = "1.00:00:00",
            ["Lmtp__RateLimits__Timeout"] = "00:00:30",
        };
        await using var first = await MailSystem.StartAsync(Token, settings);
        await using var second = await MailSystem.StartBesideAsync(first, Token, settings);
        using var http = first.CreateHttpClient();
        var api = new LmtpApiClient(http);
        var user = await api.CreateUserAsync(new CreateUserRequest { Username = "alice", Address = "alice@two.test" }, Token);

        var replies = await Task.WhenAll(Enumerable.Range(0, 2 * Clients)
            .Select(index => SendAsync(index % 2 == 0 ? first : second, index)));

        var taken = replies.SelectMany(reply => reply).Where(reply => reply.StartsWith("250", StringComparison.Ordinal)).ToList();
        var refused = replies.SelectMany(reply => reply).Except(taken).ToList();
        Assert.Equal(Limit, taken.Count);
        Assert.All(refused, reply => Assert.StartsWith("451 4.7.1 Rate limit reached", reply, StringComparison.Ordinal));
        var inbox = (await api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == "INBOX");
        Assert.Equal(Limit, inbox.Total);

        var limits = await api.GetSenderLimitsAsync("s@elsewhere.test", Token);
        Assert.True(limits.CountersAvailable);
        Assert.Equal(0, limits.Limits.Single(limit => limit.Name == "sender_messages").Remaining);
    }

    private static async Task<List<string>> SendAsync(MailSystem system, int client)
    {
        var replies = new List<string>();
        await using var connection = await LmtpClient.OpenAsync(system.Lmtp, Token);
        for (var index = 0; index < PerClient; index++)
        {
            Assert.StartsWith("250", await connection.CommandAsync("MAIL FROM:<s@elsewhere.test>", Token), StringComparison.Ordinal);
            var reply = await connection.CommandAsync("RCPT TO:<alice@two.test>", Token);
            if (reply.StartsWith("250", StringComparison.Ordinal))
            {
                Assert.StartsWith("354", await connection.CommandAsync("DATA", Token), StringComparison.Ordinal);
                var message = $"Message-ID: <{client}.{index}@elsewhere.test>\r\nSubject: {client} {index}\r\n\r\nText\r\n";
                await connection.SendAsync(LmtpClient.DotStuff(Encoding.ASCII.GetBytes(message)), Token);
                reply = await connection.ReadReplyAsync(Token);
            }
            else
            {
                Assert.StartsWith("250", await connection.CommandAsync("RSET", Token), StringComparison.Ordinal);
            }

            replies.Add(reply);
        }

        return replies;
    }
}
