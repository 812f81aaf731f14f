using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Storage;

public sealed class AddressRegisterTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private static readonly MessageAddress Author = new("The Author", "Author@Friend.test");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Address_that_is_noted_by_many_at_once_is_there_once()
    {
        await using var host = await StartAsync();
        var user = ObjectId.GenerateNewId();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ =>
            Task.Run(() => host.Get<AddressRegister>().AddAsync(user, [Author], Token), Token)));

        var entry = Assert.Single(await host.FindAsync("addressregister"));
        Assert.Equal(user, entry["user"].AsObjectId);
        Assert.Equal("author@friend.test", entry["addrview"].AsString);
        Assert.Equal("author@friend.test", entry["address"].AsString);
        Assert.Equal("The Author", entry["name"].AsString);
        Assert.False(entry["disabled"].AsBoolean);
    }

    [Fact]
    public async Task Address_that_was_switched_off_gets_another_entry_as_in_WildDuck()
    {
        await using var host = await StartAsync();
        var user = ObjectId.GenerateNewId();
        await host.Get<AddressRegister>().AddAsync(user, [Author], Token);
        await host.Database.GetCollection<BsonDocument>("addressregister").UpdateManyAsync(
            FilterDefinition<BsonDocument>.Empty, Builders<BsonDocument>.Update.Set("disabled", true), cancellationToken: Token);
        await host.Get<AddressRegister>().AddAsync(user, [Author], Token);
        await host.Get<AddressRegister>().AddAsync(user, [Author], Token);
        Assert.Single(await host.FindAsync("addressregister", "{ disabled: true }"));
        Assert.Single(await host.FindAsync("addressregister", "{ disabled: false }"));
    }

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("register"));
}
