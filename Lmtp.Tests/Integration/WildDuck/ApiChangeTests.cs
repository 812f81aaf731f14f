using Lmtp.Contracts;
using Lmtp.Tests.Integration.WildDuck.Imap;
using Lmtp.Tests.Processes;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>What an IMAP client of WildDuck in IDLE sees of changes that our API makes.</summary>
[Collection(WildDuckGroup.Name)]
public sealed class ApiChangeTests(WildDuckSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_client_sees_flags_that_the_api_changes()
    {
        var (user, message) = await DeliverAsync("flagged");
        await using var imap = await OpenAsync(user);
        var tag = await imap.IdleAsync();

        await system.Mail.Api.UpdateMessageAsync(user.Id, message, new UpdateMessageRequest { Seen = true, Flagged = true }, cancellationToken: Token);

        var announced = await ReadAsync(imap, "FETCH");
        Assert.Equal(@"(\Seen \Flagged)", announced.Attributes()["FLAGS"].ToString());
        await imap.DoneAsync(tag);
        Assert.Equal([1], await imap.SearchAsync("SEEN FLAGGED"));
    }

    [Fact]
    public async Task Idle_clients_see_a_message_leave_one_mailbox_and_come_into_another()
    {
        var (user, message) = await DeliverAsync("moved");
        var trash = (await system.Mail.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.SpecialUse == @"\Trash");
        await using var source = await OpenAsync(user);
        await using var target = await OpenAsync(user, "SELECT Trash");
        var before = ((ImapString)(await source.FetchAsync("1", "BODY.PEEK[]"))[1]["BODY[]"]).Bytes;
        var (sourceTag, targetTag) = (await source.IdleAsync(), await target.IdleAsync());

        var moved = (await system.Mail.Api.MoveMessageAsync(user.Id, message, trash.Id, cancellationToken: Token)).Value;

        Assert.Equal(1, (await ReadAsync(source, "EXPUNGE")).Number);
        Assert.Equal(1, (await ReadAsync(target, "EXISTS")).Number);
        await source.DoneAsync(sourceTag);
        await target.DoneAsync(targetTag);
        var after = await target.FetchAsync($"{moved.Uid}", "BODY.PEEK[]");
        Assert.Equal(before, ((ImapString)after[moved.Uid]["BODY[]"]).Bytes);
    }

    [Fact]
    public async Task Idle_client_sees_a_message_go_that_the_api_deletes()
    {
        var (user, message) = await DeliverAsync("deleted");
        await using var imap = await OpenAsync(user);
        var tag = await imap.IdleAsync();

        await system.Mail.Api.DeleteMessageAsync(user.Id, message, cancellationToken: Token);

        Assert.Equal(1, (await ReadAsync(imap, "EXPUNGE")).Number);
        await imap.DoneAsync(tag);
        Assert.Empty(await imap.SearchAsync("ALL"));
        Assert.Equal(0, (await system.Mail.Api.GetUserAsync(user.Id, Token)).StorageUsed);
        Assert.Single(await system.Served.FindAsync("archived", new BsonDocument("_id", ObjectId.Parse(message))));
    }

    [Fact]
    public async Task Idle_client_sees_flags_of_many_messages_that_the_api_changes_at_once()
    {
        var (user, ids) = await DeliverManyAsync(4);
        await using var imap = await OpenAsync(user);
        var tag = await imap.IdleAsync();

        await system.Mail.Api.UpdateMessagesAsync(
            user.Id, await InboxAsync(user), new UpdateMessagesRequest { Messages = ids, Seen = true }, Token);

        for (var message = 0; message < ids.Count; message++)
        {
            Assert.Equal(@"(\Seen)", (await ReadAsync(imap, "FETCH")).Attributes()["FLAGS"].ToString());
        }

        await imap.DoneAsync(tag);
        Assert.Equal([1, 2, 3, 4], await imap.SearchAsync("SEEN"));
    }

    [Fact]
    public async Task Idle_clients_see_many_messages_move_at_once()
    {
        var (user, ids) = await DeliverManyAsync(4);
        var trash = (await system.Mail.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.SpecialUse == @"\Trash");
        await using var source = await OpenAsync(user);
        await using var target = await OpenAsync(user, "SELECT Trash");
        var (sourceTag, targetTag) = (await source.IdleAsync(), await target.IdleAsync());

        var moved = await system.Mail.Api.MoveMessagesAsync(
            user.Id, await InboxAsync(user), new MoveMessagesRequest { Messages = [.. ids.Take(3)], Mailbox = trash.Id }, Token);

        Assert.Equal(3, moved.Done);
        for (var message = 0; message < 3; message++)
        {
            await ReadAsync(source, "EXPUNGE");
        }

        while ((await ReadAsync(target, "EXISTS")).Number < 3)
        {
            // The server may tell of each message, or of several at once.
        }

        await source.DoneAsync(sourceTag);
        await target.DoneAsync(targetTag);
        Assert.Equal([4], await source.SearchAsync("ALL"));
        Assert.Equal(moved.Results.Select(result => result.Changed!.Uid), await target.SearchAsync("ALL"));
    }

    [Fact]
    public async Task Idle_client_sees_many_messages_go_that_the_api_deletes_at_once()
    {
        var (user, ids) = await DeliverManyAsync(4);
        await using var imap = await OpenAsync(user);
        var tag = await imap.IdleAsync();

        var deleted = await system.Mail.Api.DeleteMessagesAsync(
            user.Id, await InboxAsync(user), new DeleteMessagesRequest { Messages = ids }, Token);

        Assert.Equal(4, deleted.Done);
        for (var message = 0; message < ids.Count; message++)
        {
            await ReadAsync(imap, "EXPUNGE");
        }

        await imap.DoneAsync(tag);
        Assert.Empty(await imap.SearchAsync("ALL"));
        Assert.Equal(0, (await system.Mail.Api.GetUserAsync(user.Id, Token)).StorageUsed);
    }

    private async Task<(WildDuckUser User, IReadOnlyList<string> Messages)> DeliverManyAsync(int count)
    {
        var (user, first) = await DeliverAsync("first of many");
        List<string> ids = [first];
        while (ids.Count < count)
        {
            ids.Add(StoredReply.MessageId(await NewMail.DeliverAsync(system.Mail.Lmtp, user.Address, NewMail.Create($"number {ids.Count}"))));
        }

        return (user, ids);
    }

    private async Task<string> InboxAsync(WildDuckUser user) =>
        (await system.Mail.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == "INBOX").Id;

    private async Task<(WildDuckUser User, string Message)> DeliverAsync(string subject)
    {
        await system.RequireAsync();
        var user = await WildDuckUser.CreateAsync(system.Served);
        var reply = await NewMail.DeliverAsync(system.Mail.Lmtp, user.Address, NewMail.Create(subject));
        return (user, StoredReply.MessageId(reply));
    }

    private async Task<ImapClient> OpenAsync(WildDuckUser user, string command = "SELECT INBOX")
    {
        var client = await ImapClient.LoginAsync(system.Served.Imap, user.Name, WildDuckApi.Password);
        await client.CommandAsync(command);
        return client;
    }

    private static async Task<ImapResponse> ReadAsync(ImapClient client, string name)
    {
        while (true)
        {
            var response = await client.ReadAsync();
            if (response.Name == name)
            {
                return response;
            }
        }
    }
}
