using System.Diagnostics;
using Lmtp.Tests.Integration.WildDuck.Imap;
using Lmtp.Tests.Processes;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>What a user of WildDuck does with mail that our server delivered.</summary>
[Collection(WildDuckGroup.Name)]
public sealed class ServedMailTests(WildDuckSystem system)
{
    [Fact]
    public async Task Idle_client_sees_a_new_delivery()
    {
        var user = await NewUserAsync();
        await using var imap = await OpenAsync(user);
        var tag = await imap.IdleAsync();

        var watch = Stopwatch.StartNew();
        var delivery = NewMail.DeliverAsync(system.Mail.Lmtp, user.Address, NewMail.Create("idle"));
        var announced = await imap.ReadAsync();
        var seen = watch.Elapsed;
        await delivery;

        Assert.Equal("EXISTS", announced.Name);
        Assert.Equal(1, announced.Number);
        await imap.DoneAsync(tag);
        TestContext.Current.TestOutputHelper?.WriteLine($"Seen {seen.TotalMilliseconds:F0} ms after the delivery began.");
    }

    [Fact]
    public async Task Flags_are_changed_and_found()
    {
        var user = await NewUserAsync();
        await DeliverAsync(user, "one", "two", "three");
        await using var imap = await OpenAsync(user);

        // One flag a command: of several, WildDuck notes only the last one for its searches.
        foreach (var flag in (string[])[@"\Seen", @"\Flagged", "$Work"])
        {
            var changed = await imap.CommandAsync($"UID STORE 2 +FLAGS ({flag})");
            Assert.Contains(changed, response => response.Name == "FETCH");
        }

        var flags = (await imap.FetchAsync("2", "FLAGS MODSEQ"))[2];
        Assert.Equal(@"(\Seen \Flagged $Work)", flags["FLAGS"].ToString());
        Assert.Equal([2], await imap.SearchAsync("FLAGGED"));
        Assert.Equal([2], await imap.SearchAsync("KEYWORD $Work"));
        Assert.Equal([1, 3], await imap.SearchAsync("UNSEEN"));
        Assert.Equal([2], await imap.SearchAsync("MODSEQ 5"));

        await imap.CommandAsync(@"UID STORE 2 -FLAGS (\Seen)");
        Assert.Equal([1, 2, 3], await imap.SearchAsync("UNSEEN"));
    }

    [Fact]
    public async Task Changes_since_a_mod_sequence_include_new_mail()
    {
        var user = await NewUserAsync();
        await DeliverAsync(user, "one", "two");
        await using var imap = await OpenAsync(user, "SELECT INBOX (CONDSTORE)");
        await imap.CommandAsync(@"UID STORE 1 +FLAGS (\Seen)");
        await DeliverAsync(user, "three");
        await imap.WaitForExistsAsync(3);
        var changed = await imap.CommandAsync("UID FETCH 1:* (FLAGS) (CHANGEDSINCE 3)");
        Assert.Equal(["1", "3"], changed.Where(response => response.Name == "FETCH").Select(response => response.Attributes()["UID"].ToString()));
    }

    [Fact]
    public async Task Moved_message_keeps_its_content_and_attachment()
    {
        var user = await NewUserAsync();
        await DeliverAsync(user, "moved", "stays");
        await using var imap = await OpenAsync(user);
        var before = ((ImapString)(await imap.FetchAsync("1", "BODY.PEEK[]"))[1]["BODY[]"]).Bytes;
        await imap.CommandAsync("UID MOVE 1 \"Sent Mail\"");
        Assert.Equal([2], await imap.SearchAsync("ALL"));

        await imap.CommandAsync("SELECT \"Sent Mail\"");
        Assert.Equal(before, ((ImapString)(await imap.FetchAsync("1", "BODY.PEEK[]"))[1]["BODY[]"]).Bytes);
    }

    [Fact]
    public async Task Copies_and_deletions_leave_the_attachment_counts_right()
    {
        var user = await NewUserAsync();
        var id = StoredReply.MessageId(await NewMail.DeliverAsync(system.Mail.Lmtp, user.Address, NewMail.Create("counted")));
        var file = await AttachmentOfAsync(id);
        await using var imap = await OpenAsync(user);
        await imap.CommandAsync("UID COPY 1 Drafts");
        var copied = await system.Served.FindAsync("messages", new BsonDocument("user", ObjectId.Parse(user.Id)));
        Assert.Equal(2, copied.Count);
        await AssertCountAsync(file, copied);

        var inbox = copied.Single(message => message["_id"] == ObjectId.Parse(id))["mailbox"];
        await system.Served.Api.DeleteAsync($"users/{user.Id}/mailboxes/{inbox}/messages?skipArchive=true");
        var left = Assert.Single(await system.Served.FindAsync("messages", new BsonDocument("user", ObjectId.Parse(user.Id))));
        Assert.NotEqual(inbox, left["mailbox"]);
        await AssertCountAsync(file, [left]);

        await system.Served.Api.DeleteAsync($"users/{user.Id}/mailboxes/{left["mailbox"]}/messages?skipArchive=true");
        await AssertCountAsync(file, []);
    }

    [Fact]
    public async Task Deleted_message_frees_the_storage_that_its_delivery_used()
    {
        var user = await NewUserAsync();
        await DeliverAsync(user, "one", "two");
        var sizes = (await system.Served.FindAsync("messages", new BsonDocument("user", ObjectId.Parse(user.Id)))).Sum(message => message["size"].ToInt64());
        Assert.Equal(sizes, await StorageUsedAsync(user));

        await using var imap = await OpenAsync(user);
        await imap.CommandAsync(@"STORE 1:* +FLAGS (\Deleted)");
        await imap.CommandAsync("EXPUNGE");
        Assert.Equal(0, await StorageUsedAsync(user));
    }

    [Fact]
    public async Task Counts_that_WildDuck_keeps_in_Redis_follow_the_deliveries()
    {
        var user = await NewUserAsync();
        await DeliverAsync(user, "one");
        await AssertCountsAsync((1, 1));
        await DeliverAsync(user, "two", "three");
        await AssertCountsAsync((3, 3));

        Task AssertCountsAsync((int Total, int Unseen) expected) => Eventually.TrueAsync(async () => await CountsAsync(user) == expected);
    }

    private async Task<WildDuckUser> NewUserAsync()
    {
        await system.RequireAsync();
        return await WildDuckUser.CreateAsync(system.Served);
    }

    private async Task DeliverAsync(WildDuckUser user, params string[] subjects)
    {
        foreach (var subject in subjects)
        {
            StoredReply.MessageId(await NewMail.DeliverAsync(system.Mail.Lmtp, user.Address, NewMail.Create(subject)));
        }
    }

    private async Task<ImapClient> OpenAsync(WildDuckUser user, string command = "SELECT INBOX")
    {
        var client = await ImapClient.LoginAsync(system.Served.Imap, user.Name, WildDuckApi.Password);
        await client.CommandAsync(command);
        return client;
    }

    private async Task<BsonValue> AttachmentOfAsync(string message)
    {
        var stored = Assert.Single(await system.Served.FindAsync("messages", new BsonDocument("_id", ObjectId.Parse(message))));
        return Assert.Single(stored["mimeTree"]["attachmentMap"].AsBsonDocument.Elements).Value;
    }

    private async Task AssertCountAsync(BsonValue file, List<BsonDocument> references)
    {
        var metadata = Assert.Single(await system.Served.FindAsync("attachments.files", new BsonDocument("_id", file)))["metadata"];
        Assert.Equal(references.Count, metadata["c"].ToInt64());
        Assert.Equal(references.Sum(message => message["magic"].ToInt64()), metadata["m"].ToInt64());
    }

    private async Task<long> StorageUsedAsync(WildDuckUser user) =>
        (await system.Served.FindAsync("users", new BsonDocument("_id", ObjectId.Parse(user.Id)))).Single()["storageUsed"].ToInt64();

    private async Task<(int Total, int Unseen)> CountsAsync(WildDuckUser user)
    {
        var mailboxes = await system.Served.Api.GetAsync($"users/{user.Id}/mailboxes?counters=true");
        var inbox = mailboxes["results"]!.AsArray().Single(mailbox => (string)mailbox!["path"]! == "INBOX")!;
        return ((int)inbox["total"]!, (int)inbox["unseen"]!);
    }
}
