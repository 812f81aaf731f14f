using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>Where the tag of an address, or what its asterisk stands for, takes a message.</summary>
public sealed class DetailRoutingTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Message = "Subject: s\r\n\r\ntext\r\n";

    [Theory]
    [InlineData(null, "alice+lists@example.test", "INBOX")]
    [InlineData("existing", "alice+lists@example.test", "Lists")]
    [InlineData("existing", "alice+LISTS@example.test", "Lists")]
    [InlineData("existing", "a.lice+lists@example.test", "Lists")]
    [InlineData("existing", "alice@example.test", "INBOX")]
    [InlineData("existing", "alice+@example.test", "INBOX")]
    [InlineData("existing", "alice+my_news@example.test", "My News")]
    [InlineData("existing", "alice+my-news@example.test", "My News")]
    [InlineData("existing", "alice+work/dev@example.test", "Work/Dev")]
    [InlineData("existing", "alice+nowhere@example.test", "INBOX")]
    [InlineData("existing", "alice+trash@example.test", "INBOX")]
    [InlineData("create", "alice+trash@example.test", "INBOX")]
    [InlineData("create", "alice+nowhere@example.test", "nowhere")]
    [InlineData("create", "alice+lists@example.test", "Lists")]
    [InlineData("create", "alice+a//b@example.test", "INBOX")]
    [InlineData("existing", "shop-lists@wild.test", "Lists")]
    [InlineData("existing", "s.hop-lists@wild.test", "Lists")]
    [InlineData("existing", "lists@all.test", "Lists")]
    [InlineData("existing", "other@all.test", "INBOX")]
    [InlineData("existing", "lists+my-news@all.test", "My News")]
    public async Task Detail_chooses_the_mailbox_of_users_who_ask_for_it(string? routing, string address, string expected)
    {
        await using var host = await StartAsync();
        await AddUserAsync(host, routing);
        Assert.Equal(DeliveryStatus.Stored, Assert.Single(await host.DeliverAsync(Message, address)).Status);
        Assert.Equal(expected, await MailboxAsync(host));
    }

    [Fact]
    public async Task Filter_goes_before_the_detail()
    {
        await using var host = await StartAsync();
        var user = await AddUserAsync(host, "existing");
        await host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            BsonDocument.Parse("{ query: {}, action: {}, lmtp: { actions: { mailbox: { path: 'My News' } } } }").Set("user", user),
            cancellationToken: TestContext.Current.CancellationToken);
        await host.DeliverAsync(Message, "alice+lists@example.test");
        Assert.Equal("My News", await MailboxAsync(host));
    }

    [Fact]
    public async Task Spam_goes_to_junk_whatever_the_detail()
    {
        await using var host = await StartAsync();
        await AddUserAsync(host, "existing");
        await host.DeliverAsync("X-Spam-Flag: YES\r\n" + Message, "alice+lists@example.test");
        Assert.Equal("Junk", await MailboxAsync(host));
    }

    [Theory]
    [InlineData("true", "rfc822;sales@company.test", "X-Original-To: sales@company.test")]
    [InlineData("true", null, null)]
    [InlineData("false", "rfc822;sales@company.test", null)]
    public async Task Original_recipient_is_written_where_the_option_says(string option, string? given, string? expected)
    {
        await using var host = await StartAsync(("Lmtp:Delivery:AddOriginalRecipient", option));
        await AddUserAsync(host, null);
        var verdict = await host.Agent.VerifyRecipientAsync(
            DeliveryHost.NewTransaction(), new ForwardPath("alice@example.test", given), TestContext.Current.CancellationToken);
        await host.DeliverToAsync(DeliveryHost.NewTransaction(), Encoding.ASCII.GetBytes(Message), [verdict.Recipient!]);
        var header = Assert.Single(await host.FindAsync("messages"))["mimeTree"]["header"].AsBsonArray.Select(line => line.AsString);
        Assert.Equal(expected, header.SingleOrDefault(line => line.StartsWith("X-Original-To", StringComparison.Ordinal)));
    }

    private static async Task<string> MailboxAsync(DeliveryHost host)
    {
        var message = Assert.Single(await host.FindAsync("messages"));
        return (await host.FindAsync("mailboxes", $"{{ _id: ObjectId('{message["mailbox"]}') }}")).Single()["path"].AsString;
    }

    private static async Task<ObjectId> AddUserAsync(DeliveryHost host, string? routing)
    {
        var user = await host.AddUserAsync("alice@example.test");
        foreach (var path in new[] { "Lists", "My News", "Work/Dev" })
        {
            await host.Get<MailboxStore>().CreateAsync(user, path, 0, TestContext.Current.CancellationToken);
        }

        await host.Database.GetCollection<BsonDocument>("addresses").InsertManyAsync(
            new[] { "shop-*@wild.test", "*@all.test" }.Select(address => new BsonDocument
            {
                { "user", user },
                { "address", address },
                { "addrview", address },
            }),
            cancellationToken: TestContext.Current.CancellationToken);
        if (routing is not null)
        {
            await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
                Builders<BsonDocument>.Filter.Eq("_id", user),
                Builders<BsonDocument>.Update.Set("lmtp.detailRouting", routing),
                cancellationToken: TestContext.Current.CancellationToken);
        }

        return user;
    }

    private Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) =>
        DeliveryHost.StartAsync(mongo, $"detail{Guid.NewGuid():N}", settings);
}
