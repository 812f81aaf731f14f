using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Search in a database that somebody keeps without WildDuck's text index.</summary>
public sealed class MessageSearchWithoutIndexTests : IAsyncLifetime
{
    private readonly ApiSystem _system = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _system.InitializeAsync();

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    [Fact]
    public async Task Words_are_found_by_reading_the_messages()
    {
        var user = await _system.NewUserAsync();
        await _system.DeliverAsync(user, "first", "The walrus (and) the oyster.");
        await _system.DeliverAsync(user, "second", "The carpenter.");
        var messages = new MongoClient(_system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("messages");
        await Eventually.TrueAsync(async () =>
            (await (await messages.Indexes.ListAsync(Token)).ToListAsync(Token)).Exists(index => index["name"] == "fulltext"));
        await messages.Indexes.DropOneAsync("fulltext", Token);

        Assert.Equal(["first"], await SubjectsAsync(user, "WALRUS (and)"));
        Assert.Equal(["first"], await SubjectsAsync(user, "the -carpenter"));
        Assert.Equal(["second"], await SubjectsAsync(user, "second"));
        Assert.Empty(await SubjectsAsync(user, "walrus carpenter"));
    }

    private async Task<IEnumerable<string>> SubjectsAsync(UserResponse user, string words) =>
        (await _system.Api.SearchMessagesAsync(user.Id, new MessageSearch { Text = words }, cancellationToken: Token))
        .Items.Select(message => message.Subject);
}
