using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery;

public sealed class DeliveryTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Message =
        "Date: Mon, 06 May 2024 12:34:56 +0300\r\nFrom: Alice <alice@friend.test>\r\nTo: user@example.com\r\n" +
        "Subject: Greetings\r\nMessage-ID: <m1@friend.test>\r\n\r\nHello there.\r\n";

    private const string WithAttachments =
        "Subject: files\r\nMessage-ID: <files@friend.test>\r\nContent-Type: multipart/mixed; boundary=BB\r\n\r\n" +
        "--BB\r\nContent-Type: text/plain\r\n\r\ntext\r\n" +
        "--BB\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a\r\n\r\nsame bytes\r\n" +
        "--BB\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=b\r\n\r\nsame bytes\r\n" +
        "--BB--\r\n";

    [Fact]
    public async Task Message_is_stored_with_numbers_journal_thread_and_used_storage()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        var outcome = Assert.Single(await host.DeliverAsync(Message, "Alice+Tag@Example.test"));

        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        var message = Assert.Single(await host.FindAsync("messages"));
        Assert.Equal(outcome.MessageId, message["_id"].ToString());
        Assert.Equal(user, message["user"].AsObjectId);
        Assert.Equal(1, message["uid"].AsInt32);
        Assert.Equal(2, message["modseq"].AsInt32);
        Assert.Equal("alice+tag@example.test", message["meta"]["to"][0].AsString);
        Assert.Equal("sender@friend.test", message["meta"]["from"].AsString);

        var inbox = (await host.FindAsync("mailboxes", "{ path: 'INBOX' }")).Single();
        Assert.Equal(2, inbox["uidNext"].AsInt32);
        Assert.Equal(2, inbox["modifyIndex"].AsInt32);
        Assert.Equal(inbox["_id"], message["mailbox"]);

        var entry = Assert.Single(await host.FindAsync("journal"));
        Assert.Equal("EXISTS", entry["command"].AsString);
        Assert.Equal(message["_id"], entry["message"]);
        Assert.Equal(2, entry["modseq"].AsInt32);

        var thread = Assert.Single(await host.FindAsync("threads"));
        Assert.Equal(thread["_id"], message["thread"]);
        Assert.Equal(message["size"].ToInt64(), (await host.FindAsync("users")).Single()["storageUsed"].ToInt64());
        Assert.Equal("alice@friend.test", Assert.Single(await host.FindAsync("addressregister"))["address"].AsString);
    }

    [Fact]
    public async Task Same_message_again_is_a_duplicate()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var first = Assert.Single(await host.DeliverAsync(Message, "alice@example.test"));
        var second = Assert.Single(await host.DeliverAsync(
            DeliveryHost.NewTransaction("other@friend.test"), Encoding.UTF8.GetBytes(Message), "alice@example.test"));
        Assert.Equal(DeliveryStatus.Duplicate, second.Status);
        Assert.Equal(first.MessageId, second.MessageId);
        Assert.Single(await host.FindAsync("messages"));
    }

    [Fact]
    public async Task Duplicates_are_stored_when_the_setting_is_off()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:SuppressDuplicates", "false"));
        await host.AddUserAsync("alice@example.test");
        await host.DeliverAsync(Message, "alice@example.test");
        await host.DeliverAsync(
            DeliveryHost.NewTransaction("other@friend.test"), Encoding.UTF8.GetBytes(Message), "alice@example.test");
        Assert.Equal(2, (await host.FindAsync("messages")).Count);
    }

    [Fact]
    public async Task Same_address_twice_is_stored_once_and_answered_twice()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var outcomes = await host.DeliverAsync(Message, "alice@example.test", "alice@example.test");
        Assert.Equal(2, outcomes.Length);
        Assert.Equal(outcomes[0], outcomes[1]);
        Assert.Single(await host.FindAsync("messages"));
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 2)]
    public async Task Two_addresses_of_one_mailbox_give_as_many_copies_as_set(string oneCopy, int copies)
    {
        await using var host = await StartAsync(("Lmtp:Delivery:OneCopyPerMailbox", oneCopy));
        await host.AddUserAsync("alice@example.test");
        var outcomes = await host.DeliverAsync(Message, "alice@example.test", "alice+news@example.test");
        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Stored, outcome.Status));
        Assert.Equal(copies, outcomes.Select(outcome => outcome.MessageId).Distinct().Count());
        Assert.Equal(copies, (await host.FindAsync("messages")).Count);
    }

    [Fact]
    public async Task Attachments_are_stored_once_and_counted_for_every_copy()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await host.AddUserAsync("bob@example.test");
        var outcomes = await host.DeliverAsync(WithAttachments, "alice@example.test", "bob@example.test");
        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Stored, outcome.Status));

        var magic = (await host.FindAsync("messages"))[0]["magic"].ToInt64();
        var file = Assert.Single(await host.FindAsync("attachments.files"));
        Assert.Equal(4, file["metadata"]["c"].ToInt32());
        Assert.Equal(4 * magic, file["metadata"]["m"].ToInt64());
        Assert.Single(await host.FindAsync("attachments.chunks"));
    }

    [Fact]
    public async Task Message_that_is_not_stored_leaves_no_references()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test", quota: 1_000_000);
        await host.AddUserAsync("bob@example.test", quota: 100);
        var outcomes = await host.DeliverAsync(WithAttachments, "alice@example.test", "bob@example.test");
        Assert.Equal(DeliveryStatus.Stored, outcomes[0].Status);
        Assert.Equal(DeliveryStatus.MailboxFullPermanent, outcomes[1].Status);
        Assert.Equal(2, Assert.Single(await host.FindAsync("attachments.files"))["metadata"]["c"].ToInt32());
        Assert.Equal(0, (await host.FindAsync("users", "{ username: 'bob' }")).Single()["storageUsed"].ToInt64());
    }

    [Fact]
    public async Task Concurrent_deliveries_into_one_mailbox_get_unique_numbers_in_journal_order()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => host.DeliverAsync(
            $"Message-ID: <{number}@friend.test>\r\n\r\n{number}\r\n", "alice@example.test")));
        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Stored, outcome[0].Status));
        var uids = (await host.FindAsync("messages")).Select(message => message["uid"].AsInt32).Order();
        Assert.Equal(Enumerable.Range(1, 50), uids);
        var journal = (await host.FindAsync("journal")).Select(entry => entry["modseq"].AsInt32).ToList();
        Assert.Equal(journal.Order(), journal);
    }

    [Fact]
    public async Task Failure_of_one_recipient_does_not_touch_another()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await host.AddUserAsync("bob@example.test");
        var transaction = DeliveryHost.NewTransaction();
        var alice = (await host.VerifyAsync("alice@example.test")).Recipient!;
        var bob = (await host.VerifyAsync("bob@example.test")).Recipient!;
        await host.Users.UpdateAsync(
            ObjectId.Parse(alice.UserId), new UserChanges { IsDisabled = true }, TestContext.Current.CancellationToken);
        var outcomes = await host.DeliverToAsync(transaction, Encoding.UTF8.GetBytes(Message), [alice, bob]);
        Assert.Equal([DeliveryStatus.MailboxDisabled, DeliveryStatus.Stored], outcomes.Select(outcome => outcome.Status));
    }

    [Fact]
    public async Task Message_nested_too_deep_is_refused_and_leaves_nothing()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var message = new StringBuilder();
        for (var level = 0; level < 200; level++)
        {
            message.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=B{level}\r\n\r\n--B{level}\r\n");
        }

        var outcome = Assert.Single(await host.DeliverAsync(message.ToString(), "alice@example.test"));
        Assert.Equal(DeliveryStatus.MessageTooComplex, outcome.Status);
        Assert.Empty(await host.FindAsync("messages"));
        Assert.Equal(0, (await host.FindAsync("users")).Single()["storageUsed"].ToInt64());
    }

    private Task<DeliveryHost> StartAsync(params (string, string)[] settings) =>
        DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("delivery"), settings);
}
