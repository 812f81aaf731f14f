using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Storage;

public sealed class MessageStoreTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    [Fact]
    public async Task Last_messages_are_the_newest_of_all_mailboxes_the_newest_first()
    {
        await using var host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("last"));
        var user = await host.AddUserAsync("alice@example.test");
        await DeliverAsync(host, "Subject: first");
        var second = await DeliverAsync(host, "X-Spam-Flag: YES\r\nSubject: second");
        var third = await DeliverAsync(host, "Subject: third");

        var last = await host.Get<MessageStore>().ListLastAsync(user, 2, TestContext.Current.CancellationToken);

        Assert.Equal([third, second], last.Select(message => message.Id));
        Assert.NotEqual(last[0].Mailbox, last[1].Mailbox);
    }

    [Fact]
    public async Task User_without_messages_has_no_last_ones()
    {
        await using var host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("last"));
        var user = await host.AddUserAsync("alice@example.test");
        Assert.Empty(await host.Get<MessageStore>().ListLastAsync(user, 10, TestContext.Current.CancellationToken));
    }

    private static async Task<ObjectId> DeliverAsync(DeliveryHost host, string header)
    {
        var outcome = Assert.Single(await host.DeliverAsync($"{header}\r\n\r\ntext\r\n", "alice@example.test"));
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        return ObjectId.Parse(outcome.MessageId);
    }
}
