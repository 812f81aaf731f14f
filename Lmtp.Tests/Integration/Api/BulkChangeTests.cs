using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class BulkChangeTests(ApiSystem system)
{
    private const string Nowhere = "0123456789abcdef01234567";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flags_of_many_messages_are_changed_each_with_a_modseq_and_a_journal_entry()
    {
        var (user, inbox, ids) = await DeliverAsync(3);

        var answer = await system.Api.UpdateMessagesAsync(
            user.Id, inbox.Id, new UpdateMessagesRequest { Messages = ids, Seen = true, Flagged = true }, Token);

        Assert.Equal(3, answer.Done);
        Assert.Equal(ids, answer.Results.Select(result => result.Message));
        Assert.All(answer.Results, result => Assert.Equal([@"\Seen", @"\Flagged"], result.Changed!.Flags));
        Assert.Equal(3, answer.Results.Select(result => result.Changed!.Modseq).Distinct().Count());
        Assert.Equal(0, (await system.MailboxAsync(user)).Unseen);
        var journal = await Collection("journal")
            .Find(Builders<BsonDocument>.Filter.Eq("mailbox", ObjectId.Parse(inbox.Id)) & Builders<BsonDocument>.Filter.Eq("command", "FETCH"))
            .ToListAsync(Token);
        Assert.Equal(ids, journal.OrderBy(entry => entry["modseq"].ToInt64()).Select(entry => entry["message"].ToString()!));
    }

    [Fact]
    public async Task Moved_messages_have_new_ids_in_the_other_mailbox_in_the_order_of_the_request()
    {
        var (user, inbox, ids) = await DeliverAsync(3);
        var used = (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed;
        var trash = await system.MailboxAsync(user, "Trash");

        var answer = await system.Api.MoveMessagesAsync(
            user.Id, inbox.Id, new MoveMessagesRequest { Messages = ids, Mailbox = trash.Id }, Token);

        Assert.Equal(3, answer.Done);
        Assert.Equal([1, 2, 3], answer.Results.Select(result => result.Changed!.Uid));
        Assert.All(answer.Results, result => Assert.Equal(trash.Id, result.Changed!.Mailbox));
        Assert.DoesNotContain(answer.Results, result => result.Changed!.Id == result.Message);
        Assert.Equal((0, 3), ((await system.MailboxAsync(user)).Total, (await system.MailboxAsync(user, "Trash")).Total));
        Assert.Equal(used, (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed);
    }

    [Fact]
    public async Task Deleted_messages_are_archived_and_counted_out()
    {
        var (user, inbox, ids) = await DeliverAsync(3);

        var answer = await system.Api.DeleteMessagesAsync(user.Id, inbox.Id, new DeleteMessagesRequest { Messages = ids }, Token);

        Assert.Equal(3, answer.Done);
        Assert.All(answer.Results, result => Assert.Null(result.Changed));
        Assert.Equal(0, (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed);
        Assert.Equal(3, await Collection("archived").CountDocumentsAsync(
            Builders<BsonDocument>.Filter.In("_id", ids.Select(ObjectId.Parse)), cancellationToken: Token));
    }

    [Fact]
    public async Task More_messages_than_are_changed_together_keep_their_order()
    {
        const int Count = 140;
        var (user, inbox, ids) = await DeliverAsync(Count);
        var trash = await system.MailboxAsync(user, "Trash");
        Array.Reverse(ids);

        var moved = await system.Api.MoveMessagesAsync(
            user.Id, inbox.Id, new MoveMessagesRequest { Messages = ids, Mailbox = trash.Id }, Token);
        var there = moved.Results.Select(result => result.Changed!.Id).ToArray();
        var flagged = await system.Api.UpdateMessagesAsync(user.Id, trash.Id, new UpdateMessagesRequest { Messages = there, Seen = true }, Token);

        Assert.Equal((Count, Count), (moved.Done, flagged.Done));
        Assert.Equal(ids, moved.Results.Select(result => result.Message));
        Assert.Equal(Enumerable.Range(1, Count), moved.Results.Select(result => (int)result.Changed!.Uid));
        Assert.Equal((Count, 0), ((await system.MailboxAsync(user, "Trash")).Total, (await system.MailboxAsync(user, "Trash")).Unseen));

        var deleted = await system.Api.DeleteMessagesAsync(user.Id, trash.Id, new DeleteMessagesRequest { Messages = there }, Token);
        Assert.Equal(Count, deleted.Done);
        Assert.Equal(0, (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed);
    }

    [Fact]
    public async Task Changes_of_the_same_messages_at_the_same_time_are_made_one_after_the_other()
    {
        const int Count = 20;
        var (user, inbox, ids) = await DeliverAsync(Count);
        var (trash, junk) = (await system.MailboxAsync(user, "Trash"), await system.MailboxAsync(user, "Junk"));

        var flagged = system.Api.UpdateMessagesAsync(user.Id, inbox.Id, new UpdateMessagesRequest { Messages = ids, Flagged = true }, Token);
        var toTrash = system.Api.MoveMessagesAsync(user.Id, inbox.Id, new MoveMessagesRequest { Messages = ids, Mailbox = trash.Id }, Token);
        var toJunk = system.Api.MoveMessagesAsync(user.Id, inbox.Id, new MoveMessagesRequest { Messages = ids, Mailbox = junk.Id }, Token);
        var deleted = system.Api.DeleteMessagesAsync(user.Id, inbox.Id, new DeleteMessagesRequest { Messages = [.. ids.Reverse()] }, Token);
        var answers = await Task.WhenAll(flagged, toTrash, toJunk, deleted);

        var owned = Builders<BsonDocument>.Filter.Eq("user", ObjectId.Parse(user.Id));
        var messages = await Collection("messages").Find(owned).ToListAsync(Token);
        var archived = await Collection("archived").Find(owned).ToListAsync(Token);
        Assert.Equal(
            ids.Select(ObjectId.Parse).Order(), messages.Concat(archived).Select(message => message["root"].AsObjectId).Order());
        Assert.Equal(
            (answers[1].Done, answers[2].Done, answers[3].Done),
            ((await system.MailboxAsync(user, "Trash")).Total, (await system.MailboxAsync(user, "Junk")).Total, archived.Count));
        Assert.Equal(messages.Sum(message => message["size"].ToInt64()), (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed);
        Assert.DoesNotContain(answers.SelectMany(answer => answer.Results), result => result.Status == BulkChangeOutcome.Failed);
    }

    [Fact]
    public async Task What_is_not_in_the_mailbox_is_told_and_keeps_nothing_else_from_being_changed()
    {
        var (user, inbox, ids) = await DeliverAsync(2);
        var other = await system.NewUserAsync();
        var foreign = await system.DeliverAsync(other, "foreign");
        var trash = await system.MailboxAsync(user, "Trash");
        var elsewhere = (await system.Api.MoveMessageAsync(user.Id, ids[0], trash.Id, cancellationToken: Token)).Value;

        var answer = await system.Api.DeleteMessagesAsync(
            user.Id, inbox.Id, new DeleteMessagesRequest { Messages = [Nowhere, foreign, elsewhere.Id, ids[1], ids[1]] }, Token);

        Assert.Equal(1, answer.Done);
        Assert.Equal(
            [BulkChangeOutcome.NotFound, BulkChangeOutcome.NotFound, BulkChangeOutcome.NotFound, BulkChangeOutcome.Done],
            answer.Results.Select(result => result.Status));
        Assert.Equal("foreign", (await system.Api.GetMessageAsync(other.Id, foreign, Token)).Subject);
        Assert.Equal(1, (await system.MailboxAsync(user, "Trash")).Total);
    }

    [Theory]
    [InlineData("flags")]
    [InlineData("move")]
    [InlineData("delete")]
    public async Task As_many_messages_as_a_page_holds_may_be_named_and_no_more(string change)
    {
        var user = await system.NewUserAsync();
        var inbox = await system.MailboxAsync(user);

        foreach (var (count, expected) in new[] { (0, HttpStatusCode.BadRequest), (250, HttpStatusCode.OK), (251, HttpStatusCode.BadRequest) })
        {
            var ids = Enumerable.Range(0, count).Select(_ => ObjectId.GenerateNewId().ToString());
            object request = change == "move" ? new { messages = ids, mailbox = inbox.Id } : new { messages = ids };
            using var response = await system.Http.PostAsJsonAsync(Path(user, inbox, change), request, Token);
            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task Broken_id_and_foreign_target_are_named()
    {
        var (user, inbox, ids) = await DeliverAsync(1);
        var foreign = await system.MailboxAsync(await system.NewUserAsync(), "Trash");

        using var broken = await system.Http.PostAsJsonAsync(Path(user, inbox, "delete"), new { messages = new[] { "x" } }, Token);
        using var target = await system.Http.PostAsJsonAsync(Path(user, inbox, "move"), new { messages = ids, mailbox = foreign.Id }, Token);

        Assert.Equal(["messages"], await FieldsAsync(broken));
        Assert.Equal(["mailbox"], await FieldsAsync(target));
    }

    [Theory]
    [InlineData("flags")]
    [InlineData("move")]
    [InlineData("delete")]
    public async Task Mailbox_of_somebody_else_is_not_found(string change)
    {
        var (owner, inbox, ids) = await DeliverAsync(1);
        var other = await system.NewUserAsync();
        var trash = await system.MailboxAsync(other, "Trash");
        object request = change == "move" ? new { messages = ids, mailbox = trash.Id } : new { messages = ids };

        using var response = await system.Http.PostAsJsonAsync(Path(other, inbox, change), request, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(1, (await system.MailboxAsync(owner)).Total);
    }

    [Theory]
    [InlineData("flags")]
    [InlineData("move")]
    [InlineData("delete")]
    public async Task Key_that_may_only_read_changes_nothing(string change)
    {
        var (user, inbox, ids) = await DeliverAsync(1);
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = ApiSystem.NewName("reader"), Scope = "read" }, Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(user, inbox, change));
        request.Headers.Add(LmtpApiHeaders.ApiKey, key.Key);
        request.Content = JsonContent.Create(new { messages = ids, mailbox = inbox.Id });

        using var response = await system.Anonymous.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(1, (await system.MailboxAsync(user)).Total);
    }

    [Fact]
    public async Task Audit_log_names_the_messages_and_nothing_of_what_they_say()
    {
        var (user, inbox, ids) = await DeliverAsync(2);

        await system.Api.DeleteMessagesAsync(user.Id, inbox.Id, new DeleteMessagesRequest { Messages = ids }, Token);

        var text = await system.Http.GetStringAsync($"/api/v1/audit?target={inbox.Id}", Token);
        Assert.Contains("DeleteMessages", text, StringComparison.Ordinal);
        Assert.All(ids, id => Assert.Contains(id, text, StringComparison.Ordinal));
        Assert.DoesNotContain("secret subject", text, StringComparison.Ordinal);
    }

    private static string Path(UserResponse user, MailboxResponse mailbox, string change) =>
        $"/api/v1/users/{user.Id}/mailboxes/{mailbox.Id}/messages/{change}";

    private static async Task<IEnumerable<string>> FieldsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(LmtpJsonContext.Default.ProblemResponse, Token))!.Errors!.Keys;
    }

    private async Task<(UserResponse User, MailboxResponse Inbox, string[] Messages)> DeliverAsync(int count)
    {
        var user = await system.NewUserAsync();
        var ids = new string[count];
        for (var number = 0; number < count; number++)
        {
            ids[number] = await system.DeliverAsync(user, "secret subject");
        }

        return (user, await system.MailboxAsync(user), ids);
    }

    private IMongoCollection<BsonDocument> Collection(string name) =>
        new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>(name);
}
