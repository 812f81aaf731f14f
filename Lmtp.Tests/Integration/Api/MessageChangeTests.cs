using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed partial class MessageChangeTests(ApiSystem system)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flags_are_changed_with_what_mirrors_them()
    {
        var user = await system.NewUserAsync();
        var id = await DeliverAsync(user);
        var before = await system.Api.GetMessageAsync(user.Id, id, Token);

        var changed = await PatchAsync(user, id, new { seen = true, flagged = true, deleted = true });

        Assert.Equal([@"\Seen", @"\Flagged", @"\Deleted"], changed.Flags);
        Assert.True(changed.Modseq > before.Modseq);
        var stored = await FindAsync("messages", Filter.Eq("_id", ObjectId.Parse(id)));
        Assert.Equal(
            (false, true, false, false, false, changed.Modseq),
            (stored["unseen"], stored["flagged"], stored["undeleted"], stored["draft"], stored.Contains("searchable"), stored["modseq"].ToInt64()));
        var entry = await FindAsync("journal", Filter.Eq("message", ObjectId.Parse(id)) & Filter.Eq("command", "FETCH"));
        Assert.Equal((changed.Modseq, stored["flags"]), (entry["modseq"].ToInt64(), entry["flags"]));

        changed = await PatchAsync(user, id, new { seen = false, deleted = false });

        Assert.Equal([@"\Flagged"], changed.Flags);
        stored = await FindAsync("messages", Filter.Eq("_id", ObjectId.Parse(id)));
        Assert.Equal((true, true, true), (stored["unseen"], stored["undeleted"], stored["searchable"]));
    }

    [Fact]
    public async Task Change_that_changes_nothing_leaves_modseq_alone()
    {
        var user = await system.NewUserAsync();
        var id = await DeliverAsync(user);
        var first = await PatchAsync(user, id, new { seen = true });

        var second = await PatchAsync(user, id, new { seen = true });

        Assert.Equal(first.Modseq, second.Modseq);
    }

    [Fact]
    public async Task Changes_at_the_same_time_all_stand_and_the_journal_is_in_order()
    {
        var user = await system.NewUserAsync();
        var id = await DeliverAsync(user);

        await Task.WhenAll(
            PatchAsync(user, id, new { seen = true }),
            PatchAsync(user, id, new { flagged = true }),
            PatchAsync(user, id, new { draft = true }),
            DeliverAsync(user));

        var message = await system.Api.GetMessageAsync(user.Id, id, Token);
        Assert.Equal([@"\Draft", @"\Flagged", @"\Seen"], message.Flags.Order(StringComparer.Ordinal));
        var journal = await Collection("journal").Find(Filter.Eq("mailbox", ObjectId.Parse(message.Mailbox))).ToListAsync(Token);
        var numbers = journal.ConvertAll(entry => entry["modseq"].ToInt64());
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    [Fact]
    public async Task Moved_message_has_a_new_id_and_uid_and_everything_else_of_the_old_one()
    {
        var user = await system.NewUserAsync();
        var id = await DeliverAsync(user, withAttachment: true);
        var raw = await system.Api.GetRawMessageAsync(user.Id, id, Token);
        var before = await FindAsync("messages", Filter.Eq("_id", ObjectId.Parse(id)));
        var used = (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed;
        var junk = await MailboxAsync(user, "Junk");

        var moved = await MoveAsync(user, id, junk.Id);

        Assert.NotEqual(id, moved.Id);
        Assert.Equal((junk.Id, junk.UidNext), (moved.Mailbox, moved.Uid));
        Assert.Equal(raw, await system.Api.GetRawMessageAsync(user.Id, moved.Id, Token));
        Assert.Equal(used, (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed);
        var after = await FindAsync("messages", Filter.Eq("_id", ObjectId.Parse(moved.Id)));
        Assert.Equal((before["root"], before["magic"], before["thread"]), (after["root"], after["magic"], after["thread"]));
        Assert.Equal((true, true), (after["junk"], after["exp"]));
        Assert.Equal(after["retentionTime"].ToDouble() + after["retention"].ToDouble(), after["rdate"].ToDouble());
        Assert.Equal(1, await ReferencesAsync(after));
        Assert.NotNull(await FindAsync("journal", Filter.Eq("mailbox", before["mailbox"]) & Filter.Eq("command", "EXPUNGE") & Filter.Eq("message", before["_id"])));
        Assert.NotNull(await FindAsync("journal", Filter.Eq("mailbox", after["mailbox"]) & Filter.Eq("command", "EXISTS") & Filter.Eq("message", after["_id"])));
        using var gone = await system.Http.GetAsync($"/api/v1/users/{user.Id}/messages/{id}", Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Message_that_comes_back_from_junk_is_none_any_more()
    {
        var user = await system.NewUserAsync();
        var moved = await MoveAsync(user, await DeliverAsync(user), (await MailboxAsync(user, "Junk")).Id);

        var back = await MoveAsync(user, moved.Id, (await MailboxAsync(user, "INBOX")).Id);

        var stored = await FindAsync("messages", Filter.Eq("_id", ObjectId.Parse(back.Id)));
        Assert.False(stored.Contains("junk"));
        Assert.False(stored.Contains("rdate"));
        Assert.Equal(false, stored["exp"]);
    }

    [Fact]
    public async Task Of_many_moves_and_deletions_at_the_same_time_one_wins_and_nothing_is_counted_twice()
    {
        var user = await system.NewUserAsync();
        var id = await DeliverAsync(user, withAttachment: true);
        var stored = await FindAsync("messages", Filter.Eq("_id", ObjectId.Parse(id)));
        var targets = new[] { await MailboxAsync(user, "Trash"), await MailboxAsync(user, "Junk") };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => number % 3 == 2
            ? system.Http.DeleteAsync($"/api/v1/users/{user.Id}/messages/{id}", Token)
            : system.Http.PostAsJsonAsync($"/api/v1/users/{user.Id}/messages/{id}/move", new { mailbox = targets[number % 3].Id }, Token)));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NotFound));
        Assert.Equal(1, answers.Count(answer => answer.IsSuccessStatusCode));
        var copies = await Collection("messages").CountDocumentsAsync(Filter.Eq("root", stored["root"]), cancellationToken: Token);
        var archived = await Collection("archived").CountDocumentsAsync(Filter.Eq("root", stored["root"]), cancellationToken: Token);
        Assert.Equal(1, copies + archived);
        Assert.Equal(1, await ReferencesAsync(stored));
        Assert.Equal(copies * stored["size"].ToInt64(), (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Deleted_message_is_archived_and_counted_out()
    {
        var user = await system.NewUserAsync();
        var id = await DeliverAsync(user, withAttachment: true);
        var stored = await FindAsync("messages", Filter.Eq("_id", ObjectId.Parse(id)));

        await system.Http.DeleteAsync($"/api/v1/users/{user.Id}/messages/{id}", Token);

        var archived = await FindAsync("archived", Filter.Eq("_id", ObjectId.Parse(id)));
        Assert.Equal((true, true), (archived["exp"], archived.Contains("archived")));
        Assert.Equal(0, (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed);
        Assert.Equal(1, await ReferencesAsync(stored));
        Assert.NotNull(await FindAsync("journal", Filter.Eq("command", "EXPUNGE") & Filter.Eq("message", stored["_id"])));
        Assert.Equal(0, await new MongoClient(system.System.ConnectionString).GetDatabase("lmtp")
            .GetCollection<BsonDocument>("changes").CountDocumentsAsync(Filter.Eq("_id", stored["_id"]), cancellationToken: Token));
    }

    [Fact]
    public async Task Deleted_draft_is_gone_for_good_and_gives_its_attachments_back()
    {
        var user = await system.NewUserAsync();
        var id = await DeliverAsync(user, withAttachment: true);
        var stored = await FindAsync("messages", Filter.Eq("_id", ObjectId.Parse(id)));
        await PatchAsync(user, id, new { draft = true });

        await system.Http.DeleteAsync($"/api/v1/users/{user.Id}/messages/{id}", Token);

        Assert.Null(await FindAsync("archived", Filter.Eq("_id", ObjectId.Parse(id))));
        Assert.Equal(0, await ReferencesAsync(stored));
        Assert.Equal(0, (await AttachmentAsync(stored))["metadata"]["m"].ToInt64());
    }

    [Fact]
    public async Task Message_of_somebody_else_is_not_changed()
    {
        var owner = await system.NewUserAsync();
        var other = await system.NewUserAsync();
        var id = await DeliverAsync(owner);
        var path = $"/api/v1/users/{other.Id}/messages/{id}";

        using var patched = await system.Http.PatchAsJsonAsync(path, new { seen = true }, Token);
        using var moved = await system.Http.PostAsJsonAsync($"{path}/move", new { mailbox = (await MailboxAsync(other, "Trash")).Id }, Token);
        using var deleted = await system.Http.DeleteAsync(path, Token);

        Assert.All([patched, moved, deleted], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    [Fact]
    public async Task Mailbox_of_somebody_else_is_no_target()
    {
        var owner = await system.NewUserAsync();
        var other = await system.NewUserAsync();
        var id = await DeliverAsync(owner);

        using var response = await system.Http.PostAsJsonAsync(
            $"/api/v1/users/{owner.Id}/messages/{id}/move", new { mailbox = (await MailboxAsync(other, "Trash")).Id }, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<MessageSummaryResponse> PatchAsync(UserResponse user, string id, object change)
    {
        using var response = await system.Http.PatchAsJsonAsync($"/api/v1/users/{user.Id}/messages/{id}", change, Token);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<MessageSummaryResponse>(Token))!;
    }

    private async Task<MessageSummaryResponse> MoveAsync(UserResponse user, string id, string mailbox)
    {
        using var response = await system.Http.PostAsJsonAsync($"/api/v1/users/{user.Id}/messages/{id}/move", new { mailbox }, Token);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<MessageSummaryResponse>(Token))!;
    }

    private async Task<MailboxResponse> MailboxAsync(UserResponse user, string path) =>
        (await system.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == path);

    private IMongoCollection<BsonDocument> Collection(string name) =>
        new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>(name);

    private Task<BsonDocument> FindAsync(string collection, FilterDefinition<BsonDocument> filter) =>
        Collection(collection).Find(filter).FirstOrDefaultAsync(Token);

    private Task<BsonDocument> AttachmentAsync(BsonDocument message) =>
        FindAsync("attachments.files", Filter.Eq("_id", message["mimeTree"]["attachmentMap"].AsBsonDocument.Values.Single()));

    private async Task<long> ReferencesAsync(BsonDocument message) => (await AttachmentAsync(message))["metadata"]["c"].ToInt64();

    private async Task<string> DeliverAsync(UserResponse user, bool withAttachment = false)
    {
        var body = withAttachment
            ? string.Create(CultureInfo.InvariantCulture, $"""
                Content-Type: multipart/mixed; boundary=b

                --b

                text
                --b
                Content-Type: application/octet-stream; name=x.bin
                Content-Disposition: attachment; filename=x.bin
                Content-Transfer-Encoding: base64

                {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}
                --b--

                """)
            : "\nText.\n";
        var message = Encoding.UTF8.GetBytes($"From: a@example.org\nSubject: x\nMessage-ID: <{Guid.NewGuid():N}@example.org>\n{body}".ReplaceLineEndings("\r\n"));
        await using var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token);
        var reply = Assert.Single(await client.DeliverAsync("a@example.org", [user.Address], message, Token));
        Assert.StartsWith("250 2.1.5", reply, StringComparison.Ordinal);
        return ObjectIdPattern().Match(reply).Value;
    }

    [GeneratedRegex("[0-9a-f]{24}")]
    private static partial Regex ObjectIdPattern();
}
