using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class MailboxChangeTests(ApiSystem system)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mailbox_is_made_renamed_and_deleted()
    {
        var user = await system.NewUserAsync();
        var made = await CreateAsync(user, new { path = "Lists/DotNet", retention = 60_000 });
        Assert.Equal(("Lists/DotNet", "DotNet", 60_000, true, 1), (made.Path, made.Name, made.Retention, made.Subscribed, made.UidNext));

        using var renamed = await system.Http.PatchAsJsonAsync(Path(user, made.Id), new { path = "Lists/Net", subscribed = false }, Token);
        var changed = await renamed.Content.ReadFromJsonAsync<MailboxResponse>(Token);
        Assert.Equal(("Lists/Net", 60_000, false), (changed!.Path, changed.Retention, changed.Subscribed));

        using var deleted = await system.Http.DeleteAsync(Path(user, made.Id), Token);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.DoesNotContain(await system.Api.ListMailboxesAsync(user.Id, Token), mailbox => mailbox.Id == made.Id);
        var journal = await Collection("journal").Find(Filter.Eq("user", ObjectId.Parse(user.Id))).ToListAsync(Token);
        Assert.Equal(["CREATE", "RENAME", "DELETE"], journal.Select(entry => entry["command"].AsString));
    }

    [Fact]
    public async Task Mailbox_without_retention_takes_the_users()
    {
        var user = await system.NewUserAsync();
        await system.Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Retention = 5_000 }, Token);

        var made = await CreateAsync(user, new { path = "Short" });

        Assert.Equal(5_000, made.Retention);
    }

    [Theory]
    [InlineData("INBOX")]
    [InlineData("Trash")]
    public async Task Path_of_another_mailbox_is_taken(string path)
    {
        var user = await system.NewUserAsync();
        var other = await CreateAsync(user, new { path = "Other" });

        using var created = await system.Http.PostAsJsonAsync(Path(user), new { path }, Token);
        using var renamed = await system.Http.PatchAsJsonAsync(Path(user, other.Id), new { path }, Token);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (created.StatusCode, renamed.StatusCode));
    }

    [Fact]
    public async Task Inbox_and_special_use_stay()
    {
        var user = await system.NewUserAsync();
        var mailboxes = await system.Api.ListMailboxesAsync(user.Id, Token);
        foreach (var mailbox in mailboxes)
        {
            using var deleted = await system.Http.DeleteAsync(Path(user, mailbox.Id), Token);
            Assert.Equal(HttpStatusCode.Conflict, deleted.StatusCode);
        }

        using var renamed = await system.Http.PatchAsJsonAsync(
            Path(user, mailboxes.Single(mailbox => mailbox.Path == "INBOX").Id), new { path = "In" }, Token);
        Assert.Equal(HttpStatusCode.Conflict, renamed.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("inbox")]
    [InlineData("a\u0001")]
    public async Task Path_that_no_mailbox_can_have_is_refused(string path)
    {
        var user = await system.NewUserAsync();

        using var response = await system.Http.PostAsJsonAsync(Path(user), new { path }, Token);

        var problem = await response.Content.ReadFromJsonAsync(LmtpJsonContext.Default.ProblemResponse, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("path", problem?.Errors?.Keys ?? []);
    }

    [Theory]
    [InlineData(128, 1, HttpStatusCode.Created)]
    [InlineData(129, 1, HttpStatusCode.BadRequest)]
    [InlineData(1, 512, HttpStatusCode.Created)]
    [InlineData(1, 513, HttpStatusCode.BadRequest)]
    public async Task Path_has_both_its_limits(int levels, int length, HttpStatusCode expected)
    {
        var user = await system.NewUserAsync();
        var path = string.Join('/', Enumerable.Repeat(new string('x', length), levels));

        using var response = await system.Http.PostAsJsonAsync(Path(user), new { path }, Token);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Messages_of_a_deleted_mailbox_are_overdue_and_its_filters_gone()
    {
        var user = await system.NewUserAsync();
        var made = await CreateAsync(user, new { path = "Doomed" });
        var mailbox = ObjectId.Parse(made.Id);
        await Collection("messages").InsertOneAsync(new BsonDocument { { "mailbox", mailbox }, { "exp", false } }, cancellationToken: Token);
        await Collection("filters").InsertOneAsync(
            new BsonDocument { { "user", ObjectId.Parse(user.Id) }, { "query", new BsonDocument() }, { "action", new BsonDocument("mailbox", mailbox) } },
            cancellationToken: Token);

        using var deleted = await system.Http.DeleteAsync(Path(user, made.Id), Token);

        var message = await Collection("messages").Find(Filter.Eq("mailbox", mailbox)).SingleAsync(Token);
        Assert.True(message["exp"].AsBoolean);
        Assert.True(message["rdate"].ToDouble() < DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.Equal(0, await Collection("filters").CountDocumentsAsync(Filter.Eq("action.mailbox", mailbox), cancellationToken: Token));
        await Collection("messages").DeleteManyAsync(Filter.Eq("mailbox", mailbox), Token);
    }

    [Fact]
    public async Task Mailbox_of_somebody_else_is_not_found()
    {
        var owner = await system.NewUserAsync();
        var other = await system.NewUserAsync();
        var made = await CreateAsync(owner, new { path = "Mine" });

        using var renamed = await system.Http.PatchAsJsonAsync(Path(other, made.Id), new { path = "Yours" }, Token);
        using var deleted = await system.Http.DeleteAsync(Path(other, made.Id), Token);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (renamed.StatusCode, deleted.StatusCode));
    }

    private static string Path(UserResponse user, string? mailbox = null) =>
        $"/api/v1/users/{user.Id}/mailboxes{(mailbox is null ? string.Empty : $"/{mailbox}")}";

    private IMongoCollection<BsonDocument> Collection(string name) =>
        new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>(name);

    private async Task<MailboxResponse> CreateAsync(UserResponse user, object request)
    {
        using var response = await system.Http.PostAsJsonAsync(Path(user), request, Token);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<MailboxResponse>(Token))!;
    }
}
