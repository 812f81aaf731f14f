using Lmtp.Server.Delivery;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.RateLimiting;

/// <summary>The limits of single users: in their documents, as rules in the database, and which of them is the stronger.</summary>
public sealed class UserLimitTests(EmbeddedMongoFixture mongo, RedisFixture redis)
    : DeliveryLimitScene(mongo, redis), IClassFixture<EmbeddedMongoFixture>, IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Received_maximum_of_the_user_holds_and_changes_at_once()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync($"alice@{Domain}");
        await host.Users.UpdateAsync(user, new UserChanges { ReceivedMax = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "s")).Status);
        await host.Users.UpdateAsync(user, new UserChanges { ReceivedMax = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "s")).Status);
    }

    [Theory]
    [InlineData("{ recipient_user_messages: { count: 1, period: 86400 } }", DeliveryStatus.RateLimited)]
    [InlineData("{ recipient_user_messages: { count: 0, period: 86400 } }", DeliveryStatus.Accepted)]
    [InlineData("{ recipient_user_messages: { count: 'x' } }", DeliveryStatus.Accepted)]
    [InlineData("{ sender_messages: { count: 1, period: 86400 } }", DeliveryStatus.Accepted)]
    public async Task Limits_in_the_user_document_are_about_what_the_user_receives(string limits, DeliveryStatus second)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync($"alice@{Domain}");
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            Builders<BsonDocument>.Update.Set("lmtp.limits", BsonDocument.Parse(limits)),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(second, (await VerifyAsync(host, "alice", "s")).Status);
    }

    [Fact]
    public async Task Override_in_the_database_takes_effect_without_a_restart()
    {
        await using var host = await StartAsync(Limit("SenderDomainMessages", 1));
        await host.AddUserAsync($"alice@{Domain}");
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "s")).Status);

        var overrides = host.Get<RateLimitOverrideStore>();
        var id = $"sender_domain_messages:{Domain}";
        await overrides.SetAsync(new RateLimitOverride(id, 0, TimeSpan.FromDays(1)), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => (await VerifyAsync(host, "alice", "s")).Status == DeliveryStatus.Accepted);

        Assert.True(await overrides.RemoveAsync(id, TestContext.Current.CancellationToken));
        await Eventually.TrueAsync(async () => (await VerifyAsync(host, "alice", "s")).Status == DeliveryStatus.RateLimited);
    }

    [Fact]
    public async Task Override_is_stronger_than_the_document_and_that_than_the_received_maximum()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync($"alice@{Domain}");
        Assert.Equal((RateLimitSource.Default, 3600), await RuleAsync(host, user));
        await host.Users.UpdateAsync(user, new UserChanges { ReceivedMax = 5 }, TestContext.Current.CancellationToken);
        Assert.Equal((RateLimitSource.ReceivedMax, 5), await RuleAsync(host, user));
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            Builders<BsonDocument>.Update.Set("lmtp.limits", BsonDocument.Parse("{ recipient_user_messages: { count: 4, period: 60 } }")),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((RateLimitSource.UserDocument, 4), await RuleAsync(host, user));
        await host.Get<RateLimitOverrideStore>().SetAsync(
            new RateLimitOverride($"recipient_user_messages:{user}", 3, TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);
        Assert.Equal((RateLimitSource.Override, 3), await RuleAsync(host, user));
    }

    [Fact]
    public async Task Looking_at_counters_uses_nothing()
    {
        await using var host = await StartAsync(Limit("RecipientUserMessages", 1));
        var user = await host.AddUserAsync($"alice@{Domain}");
        for (var index = 0; index < 3; index++)
        {
            Assert.Equal(0, (await ReadAsync(host, user)).Used);
        }

        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        var reading = await ReadAsync(host, user);
        Assert.Equal(1, reading.Used);
        Assert.InRange(reading.Wait, TimeSpan.FromHours(23), TimeSpan.FromDays(1));
    }

    private static async Task<(RateLimitSource Source, long Count)> RuleAsync(DeliveryHost host, ObjectId user)
    {
        var request = (await ReadAsync(host, user)).Request;
        return (request.Source, request.Rule.Count);
    }
}
