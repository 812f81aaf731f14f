using System.Text.Json;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery;

public sealed class RecipientTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    [Fact]
    public async Task Reference_look_ups_are_met()
    {
        var path = SharedData.RequireFile("corpus/vectors/resolveAddress.json");
        using var vectors = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        await using var host = await StartAsync();
        var addresses = host.Database.GetCollection<BsonDocument>("addresses");
        foreach (var entry in vectors.RootElement.GetProperty("directory").EnumerateArray())
        {
            await addresses.InsertOneAsync(
                new BsonDocument
                {
                    { "user", ObjectId.GenerateNewId() },
                    { "address", entry.GetString() },
                    { "addrview", MailAddressNormalizer.ToView(entry.GetString()!) },
                },
                cancellationToken: TestContext.Current.CancellationToken);
        }

        foreach (var alias in vectors.RootElement.GetProperty("aliases").EnumerateArray())
        {
            await host.Database.GetCollection<BsonDocument>("domainaliases").InsertOneAsync(
                new BsonDocument
                {
                    { "alias", alias.GetProperty("alias").GetString() },
                    { "domain", alias.GetProperty("domain").GetString() },
                },
                cancellationToken: TestContext.Current.CancellationToken);
        }

        var store = host.Get<AddressStore>();
        foreach (var vector in vectors.RootElement.GetProperty("cases").EnumerateArray())
        {
            var expected = vector.GetProperty("wildcard");
            var match = await store.ResolveAsync(vector.GetProperty("in").GetString()!, TestContext.Current.CancellationToken);
            Assert.Equal(expected.ValueKind == JsonValueKind.String ? expected.GetString() : null, match?.Entry.Address);
        }
    }

    [Theory]
    [InlineData("nobody@example.test")]
    [InlineData("a*@example.test")]
    [InlineData("alice")]
    public async Task Unknown_recipient_is_refused(string address)
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        Assert.Equal(DeliveryStatus.UnknownRecipient, (await host.VerifyAsync(address)).Status);
    }

    [Fact]
    public async Task Disabled_user_is_refused_at_once_although_the_address_is_remembered()
    {
        await using var host = await StartAsync();
        var id = await host.AddUserAsync("alice@example.test");
        Assert.Equal(DeliveryStatus.Accepted, (await host.VerifyAsync("alice@example.test")).Status);
        await host.Users.UpdateAsync(id, new UserChanges { IsDisabled = true }, TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryStatus.MailboxDisabled, (await host.VerifyAsync("alice@example.test")).Status);
    }

    [Fact]
    public async Task Forwarding_address_is_accepted()
    {
        await using var host = await StartAsync();
        await host.Database.GetCollection<BsonDocument>("addresses").InsertOneAsync(
            new BsonDocument
            {
                { "address", "list@example.test" },
                { "addrview", "list@example.test" },
                { "targets", new BsonArray { new BsonDocument { { "type", "mail" }, { "value", "x@y.test" } } } },
            },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryStatus.Accepted, (await host.VerifyAsync("list@example.test")).Status);
    }

    [Theory]
    [InlineData(900, DeliveryStatus.Accepted)]
    [InlineData(1000, DeliveryStatus.Accepted)]
    [InlineData(1001, DeliveryStatus.MailboxFullPermanent)]
    public async Task Announced_size_is_checked_against_the_quota(long size, DeliveryStatus expected)
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test", quota: 1000);
        Assert.Equal(expected, (await host.VerifyAsync("alice@example.test", DeliveryHost.NewTransaction(size: size))).Status);
    }

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("recipients"));
}
