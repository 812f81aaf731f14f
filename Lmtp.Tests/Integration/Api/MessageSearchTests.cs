using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class MessageSearchTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("walrus", "first")]
    [InlineData("WALRUS", "first")]
    [InlineData("walrus oyster", "first")]
    [InlineData("walrus carpenter", "")]
    [InlineData("\"oyster walrus\"", "")]
    [InlineData("\"walrus oyster\"", "first")]
    [InlineData("shared", "second,first")]
    [InlineData("shared -walrus", "second")]
    [InlineData("second", "second")]
    [InlineData("shared -nothing", "second,first")]
    public async Task Words_are_found_in_header_and_text(string words, string expected)
    {
        var user = await system.NewUserAsync();
        await system.DeliverAsync(user, "first", "The walrus oyster shared.");
        await system.DeliverAsync(user, "second", "The carpenter shared.");

        Assert.Equal(Split(expected), await SubjectsAsync(user, new MessageSearch { Text = words }));
    }

    [Fact]
    public async Task Fields_of_the_header_are_searched_by_parts_in_any_letter_case()
    {
        var user = await system.NewUserAsync();
        await system.DeliverAsync(user, "Größe (1)", from: "Alice Smith <alice@one.example>", to: "list@lists.example");
        await system.DeliverAsync(user, "Other", from: "bob@two.example");

        Assert.Equal(["Größe (1)"], await SubjectsAsync(user, new MessageSearch { From = "SMITH <alice@one" }));
        Assert.Equal(["Größe (1)"], await SubjectsAsync(user, new MessageSearch { To = "Lists.Example" }));
        Assert.Equal(["Größe (1)"], await SubjectsAsync(user, new MessageSearch { Subject = "GRÖSSE (1".Replace("SS", "ß", StringComparison.Ordinal) }));
        Assert.Equal(["Other"], await SubjectsAsync(user, new MessageSearch { From = "two.example", To = user.Address }));
        Assert.Empty(await SubjectsAsync(user, new MessageSearch { From = ".*" }));
    }

    [Fact]
    public async Task Part_of_a_header_is_found_in_all_mailboxes_page_by_page_the_last_delivered_first()
    {
        var user = await system.NewUserAsync();
        var trash = await system.MailboxAsync(user, "Trash");
        var junk = await system.MailboxAsync(user, "Junk");
        for (var number = 1; number <= 6; number++)
        {
            var id = await system.DeliverAsync(user, $"page {number}");
            if (number % 3 != 0)
            {
                await system.Api.MoveMessageAsync(user.Id, id, (number % 3 == 1 ? trash : junk).Id, cancellationToken: Token);
            }
        }

        await system.DeliverAsync(user, "another");
        List<string> found = [];
        string? cursor = null;
        do
        {
            var page = await system.Api.SearchMessagesAsync(user.Id, new MessageSearch { Subject = "page" }, cursor, 2, Token);
            Assert.InRange(page.Items.Count, 1, 2);
            found.AddRange(page.Items.Select(message => message.Subject));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(["page 6", "page 5", "page 4", "page 3", "page 2", "page 1"], found);
    }

    [Fact]
    public async Task Marks_sizes_times_and_mailboxes_narrow_the_search()
    {
        var user = await system.NewUserAsync();
        var small = await system.DeliverAsync(user, "small");
        await system.DeliverAsync(user, "large", new string('x', 5000));
        await system.DeliverAttachmentAsync(user, "Content-Type: application/octet-stream", "bytes");
        await system.Api.UpdateMessageAsync(user.Id, small, new UpdateMessageRequest { Seen = true, Flagged = true }, cancellationToken: Token);
        var trash = await system.MailboxAsync(user, "Trash");
        var message = await system.Api.GetMessageAsync(user.Id, small, Token);

        Assert.Equal(["small"], await SubjectsAsync(user, new MessageSearch { Flagged = true }));
        Assert.Equal(["With attachment", "large"], await SubjectsAsync(user, new MessageSearch { Unseen = true }));
        Assert.Equal(["small"], await SubjectsAsync(user, new MessageSearch { Unseen = false }));
        Assert.Equal(["With attachment"], await SubjectsAsync(user, new MessageSearch { Attachments = true }));
        Assert.Equal(["large", "small"], await SubjectsAsync(user, new MessageSearch { Attachments = false }));
        Assert.Equal(["large"], await SubjectsAsync(user, new MessageSearch { MinSize = 5000 }));
        Assert.Equal(["small"], await SubjectsAsync(user, new MessageSearch { MaxSize = message.Size }));
        Assert.DoesNotContain("small", await SubjectsAsync(user, new MessageSearch { MaxSize = message.Size - 1 }));
        Assert.Contains("small", await SubjectsAsync(user, new MessageSearch { Since = message.Received }));
        Assert.DoesNotContain("small", await SubjectsAsync(user, new MessageSearch { Until = message.Received }));
        Assert.Empty(await SubjectsAsync(user, new MessageSearch { Mailbox = trash.Id }));
    }

    [Fact]
    public async Task Moved_message_is_found_where_it_is()
    {
        var user = await system.NewUserAsync();
        var id = await system.DeliverAsync(user, "moved");
        var trash = await system.MailboxAsync(user, "Trash");
        await system.Api.MoveMessageAsync(user.Id, id, trash.Id, cancellationToken: Token);

        Assert.Equal(["moved"], await SubjectsAsync(user, new MessageSearch { Text = "moved", Mailbox = trash.Id }));
        Assert.Empty(await SubjectsAsync(user, new MessageSearch { Text = "moved", Mailbox = (await system.MailboxAsync(user)).Id }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("paged")]
    public async Task Pages_join_to_the_whole_also_where_times_are_equal(string? words)
    {
        var user = await system.NewUserAsync();
        HashSet<string> delivered = [];
        for (var number = 0; number < 7; number++)
        {
            delivered.Add(await system.DeliverAsync(user, "paged"));
        }

        var messages = new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("messages");
        await messages.UpdateManyAsync(
            Builders<BsonDocument>.Filter.Eq("user", ObjectId.Parse(user.Id)),
            Builders<BsonDocument>.Update.Set("idate", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
            cancellationToken: Token);
        List<string> found = [];
        string? cursor = null;
        do
        {
            var page = await system.Api.SearchMessagesAsync(user.Id, new MessageSearch { Text = words }, cursor, limit: 3, Token);
            found.AddRange(page.Items.Select(message => message.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(7, found.Count);
        Assert.Equal(delivered.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Messages_of_others_are_not_found()
    {
        var owner = await system.NewUserAsync();
        var other = await system.NewUserAsync();
        await system.DeliverAsync(owner, "private");

        Assert.Empty(await SubjectsAsync(other, new MessageSearch { Text = "private" }));
        Assert.Empty(await SubjectsAsync(other, new MessageSearch { Mailbox = (await system.MailboxAsync(owner)).Id }));
    }

    [Theory]
    [InlineData("q=-only")]
    [InlineData("q=%22%22")]
    [InlineData("mailbox=nonsense")]
    [InlineData("since=yesterday")]
    [InlineData("minSize=-1")]
    [InlineData("limit=0")]
    [InlineData("subject=%00")]
    public async Task What_cannot_be_searched_for_is_named(string query)
    {
        var user = await system.NewUserAsync();

        using var response = await system.Http.GetAsync($"/api/v1/users/{user.Id}/messages/search?{query}", Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync(LmtpJsonContext.Default.ProblemResponse, Token);
        Assert.Equal([query[..query.IndexOf('=', StringComparison.Ordinal)]], problem!.Errors!.Keys);
    }

    [Fact]
    public async Task Longest_text_is_searched_for_and_a_longer_one_refused()
    {
        var user = await system.NewUserAsync();

        using var longest = await system.Http.GetAsync($"/api/v1/users/{user.Id}/messages/search?q={new string('x', 256)}", Token);
        using var longer = await system.Http.GetAsync($"/api/v1/users/{user.Id}/messages/search?q={new string('x', 257)}", Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (longest.StatusCode, longer.StatusCode));
    }

    [Fact]
    public async Task Search_of_a_user_that_is_not_there_finds_no_user()
    {
        using var response = await system.Http.GetAsync("/api/v1/users/0123456789abcdef01234567/messages/search", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private async Task<IReadOnlyList<string>> SubjectsAsync(UserResponse user, MessageSearch search) =>
        [.. (await system.Api.SearchMessagesAsync(user.Id, search, cancellationToken: Token)).Items.Select(message => message.Subject)];
}
