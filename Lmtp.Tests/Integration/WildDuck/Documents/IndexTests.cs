using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>The indexes that our server makes in an empty database, beside those that WildDuck makes.</summary>
[Collection(WildDuckGroup.Name)]
public sealed class IndexTests(WildDuckSystem system)
{
    private static readonly string[] Collections =
    [
        "users", "addresses", "domainaliases", "domaincache", "deletedusers", "filters", "domainaccess", "autoreplies", "mailboxes",
        "messages", "threads", "journal", "addressregister", "archived", "attachments.files", "attachments.chunks", "settings", "tasks",
    ];

    [Fact]
    public async Task Indexes_of_an_empty_database_are_those_of_WildDuck()
    {
        await system.RequireAsync();
        var name = WildDuckSystem.NewName("indexed");
        await using var server = await system.StartMailServerAsync($"{system.Mongo}/{name}");
        await server.Process.WaitForLineAsync(
            line => line.Contains("Indexes are complete", StringComparison.Ordinal), TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        Assert.Equal(
            await IndexesAsync(system.Reference.Database),
            await IndexesAsync(system.Reference.Database.Client.GetDatabase(name)));
    }

    [Fact]
    public async Task Indexes_that_WildDuck_made_are_left_as_they_are()
    {
        await system.RequireAsync();
        Assert.Equal(await IndexesAsync(system.Reference.Database), await IndexesAsync(system.Served.Database));
    }

    private static async Task<List<string>> IndexesAsync(IMongoDatabase database)
    {
        var found = new List<string>();
        foreach (var collection in Collections)
        {
            using var cursor = await database.GetCollection<BsonDocument>(collection).Indexes.ListAsync(TestContext.Current.CancellationToken);

            // Node's driver makes one for file names at its first upload, which nothing asks for: attachments have none.
            foreach (var index in (await cursor.ToListAsync(TestContext.Current.CancellationToken)).Where(index => index["name"] != "filename_1_uploadDate_1"))
            {
                index.Remove("ns");
                found.Add($"{collection} {new BsonDocument(index.OrderBy(element => element.Name, StringComparer.Ordinal))}");
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }
}
