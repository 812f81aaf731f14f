using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery;

public sealed class QuotaRuleTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Address = "alice@example.test";

    [Theory]
    [InlineData("false", DeliveryStatus.MailboxFullTemporary)]
    [InlineData("true", DeliveryStatus.MailboxFullPermanent)]
    public async Task Full_mailbox_is_refused_as_the_option_says(string permanent, DeliveryStatus expected)
    {
        await using var host = await StartAsync(("Lmtp:Delivery:QuotaIsPermanent", permanent));
        var user = await host.AddUserAsync(Address, quota: 10_000);
        await SetUsedAsync(host, user, 9_000);
        Assert.Equal(DeliveryStatus.Accepted, (await host.VerifyAsync(Address, DeliveryHost.NewTransaction(size: 1_000))).Status);
        Assert.Equal(expected, (await host.VerifyAsync(Address, DeliveryHost.NewTransaction(size: 1_001))).Status);
        Assert.Equal(expected, Assert.Single(await DeliverAsync(host, 1_500)).Status);
    }

    [Theory]
    [InlineData(10_000, DeliveryStatus.MailboxFullTemporary)]
    [InlineData(10_001, DeliveryStatus.MailboxFullPermanent)]
    public async Task Message_larger_than_the_whole_quota_never_fits(long size, DeliveryStatus expected)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync(Address, quota: 10_000);
        await SetUsedAsync(host, user, 1);
        Assert.Equal(expected, (await host.VerifyAsync(Address, DeliveryHost.NewTransaction(size: size))).Status);
    }

    [Theory]
    [InlineData("5000", DeliveryStatus.MailboxFullTemporary)]
    [InlineData("5001", DeliveryStatus.Accepted)]
    public async Task Setting_of_wildduck_is_the_quota_of_users_without_one(string setting, DeliveryStatus expected)
    {
        await using var host = await StartAsync();
        await SetUsedAsync(host, await host.AddUserAsync(Address), 5_000);
        await host.Database.GetCollection<BsonDocument>("settings").InsertOneAsync(
            new BsonDocument { { "key", "const:max:storage" }, { "value", setting } },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, (await host.VerifyAsync(Address)).Status);
    }

    [Fact]
    public async Task Parallel_deliveries_never_take_a_user_over_quota()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:ConcurrencyPerUser", "64"));
        await host.AddUserAsync(Address, quota: 20_000);
        var recipient = (await host.VerifyAsync(Address)).Recipient!;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => host.DeliverToAsync(
            DeliveryHost.NewTransaction(), MessageOf(1_000), [recipient])));

        var messages = await host.FindAsync("messages");
        var stored = messages.Sum(message => message["size"].ToInt64());
        Assert.Equal(messages.Count, outcomes.Count(outcome => outcome[0].Status == DeliveryStatus.Stored));
        Assert.InRange(stored, 18_000, 20_000);
        Assert.Equal(stored, await UsedAsync(host));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(700, -700)]
    [InlineData(-300, 300)]
    public async Task Recalculation_corrects_by_the_difference(long wrong, long expected)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync(Address);
        await DeliverAsync(host, 2_000);
        var used = await UsedAsync(host);
        await SetUsedAsync(host, user, used + wrong);
        Assert.Equal(expected, await RecalculateAsync(host, user));
        Assert.Equal(used, await UsedAsync(host));
    }

    [Fact]
    public async Task Recalculation_for_nobody_changes_nothing()
    {
        await using var host = await StartAsync();
        Assert.Null(await RecalculateAsync(host, ObjectId.GenerateNewId()));
    }

    [Fact]
    public async Task Recalculation_while_mail_flows_ends_with_the_true_sum()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync(Address);
        await SetUsedAsync(host, user, 123_456);
        var recipient = (await host.VerifyAsync(Address)).Recipient!;
        var deliveries = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var index = 0; index < 15; index++)
            {
                await host.DeliverToAsync(DeliveryHost.NewTransaction(), MessageOf(1_000), [recipient]);
            }
        })));
        while (!deliveries.IsCompleted)
        {
            await RecalculateAsync(host, user);
        }

        await deliveries;
        Assert.NotNull(await RecalculateAsync(host, user));
        Assert.Equal((await host.FindAsync("messages")).Sum(message => message["size"].ToInt64()), await UsedAsync(host));
        Assert.Equal(0, await RecalculateAsync(host, user));
    }

    [Fact]
    public async Task User_is_warned_once_when_the_level_is_reached_and_again_after_emptying()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:QuotaWarningLevel", "50"));
        var user = await host.AddUserAsync(Address, quota: 100_000);
        await SetUsedAsync(host, user, 40_000);
        await DeliverAsync(host, 5_000);
        Assert.Empty(await WarningsAsync(host));

        await DeliverAsync(host, 6_000);
        await Eventually.TrueAsync(async () => (await WarningsAsync(host)).Count == 1);
        var warning = Assert.Single(await WarningsAsync(host));
        Assert.Equal("", warning["meta"]["from"].AsString);
        Assert.Contains(
            "Auto-Submitted: auto-generated", warning["mimeTree"]["header"].AsBsonArray.Select(line => line.AsString));

        await DeliverAsync(host, 5_000);
        await SetUsedAsync(host, user, 10_000);
        await DeliverAsync(host, 5_000);
        await Eventually.TrueAsync(async () => !(await host.FindAsync("users")).Single()["lmtp"].AsBsonDocument.Contains("quotaWarned"));
        Assert.Single(await WarningsAsync(host));
        await SetUsedAsync(host, user, 60_000);
        await DeliverAsync(host, 5_000);
        await Eventually.TrueAsync(async () => (await WarningsAsync(host)).Count == 2);
    }

    [Fact]
    public async Task User_whose_emptied_mailbox_is_full_with_the_next_message_is_warned_once_more()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:QuotaWarningLevel", "50"));
        var user = await host.AddUserAsync(Address, quota: 100_000);
        await SetUsedAsync(host, user, 60_000);
        await DeliverAsync(host, 1_000);
        await Eventually.TrueAsync(async () => (await WarningsAsync(host)).Count == 1);

        await SetUsedAsync(host, user, 30_000);
        await DeliverAsync(host, 30_000);
        await Eventually.TrueAsync(async () => (await WarningsAsync(host)).Count == 2);
        await DeliverAsync(host, 1_000);
        await SetUsedAsync(host, user, 10_000);
        await DeliverAsync(host, 1_000);
        await Eventually.TrueAsync(async () => !(await host.FindAsync("users")).Single()["lmtp"].AsBsonDocument.Contains("quotaWarned"));
        Assert.Equal(2, (await WarningsAsync(host)).Count);
    }

    [Fact]
    public async Task Warning_is_hidden_by_no_filter_and_is_no_spam()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:QuotaWarningLevel", "50"));
        var user = await host.AddUserAsync(Address, quota: 100_000);
        await SetUsedAsync(host, user, 60_000);
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            Builders<BsonDocument>.Update.Set("spamLevel", 0),
            cancellationToken: TestContext.Current.CancellationToken);
        await host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            new BsonDocument
            {
                { "user", user },
                { "query", new BsonDocument("headers", new BsonDocument("from", "mailer-daemon")) },
                { "action", new BsonDocument { { "delete", true }, { "seen", true } } },
            },
            cancellationToken: TestContext.Current.CancellationToken);

        await DeliverAsync(host, 5_000);
        await Eventually.TrueAsync(async () => (await WarningsAsync(host)).Count == 1);
        var warning = Assert.Single(await WarningsAsync(host));
        var inbox = (await host.FindAsync("mailboxes", "{ path: 'INBOX' }")).Single()["_id"];
        Assert.Equal(inbox, warning["mailbox"]);
        Assert.Empty(warning["flags"].AsBsonArray);
        Assert.DoesNotContain(
            warning["mimeTree"]["header"].AsBsonArray, line => line.AsString.StartsWith("WD-", StringComparison.Ordinal));
    }

    private static Task<List<BsonDocument>> WarningsAsync(DeliveryHost host) =>
        host.FindAsync("messages", "{ 'meta.from': '' }");

    private static Task<long?> RecalculateAsync(DeliveryHost host, ObjectId user) =>
        host.Get<QuotaRecalculation>().RunAsync(user, TestContext.Current.CancellationToken);

    private static async Task<long> UsedAsync(DeliveryHost host) => (await host.FindAsync("users")).Single()["storageUsed"].ToInt64();

    private static async Task SetUsedAsync(DeliveryHost host, ObjectId user, long used) =>
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            Builders<BsonDocument>.Update.Set("storageUsed", (int)used),
            cancellationToken: TestContext.Current.CancellationToken);

    private static byte[] MessageOf(int size) =>
        Encoding.ASCII.GetBytes($"Message-ID: <{Guid.NewGuid():N}@x.test>\r\n\r\n".PadRight(size - 80, 'x'));

    private static async Task<DeliveryOutcome[]> DeliverAsync(DeliveryHost host, int size) =>
        await host.DeliverAsync(DeliveryHost.NewTransaction(), MessageOf(size), Address);

    private Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) =>
        DeliveryHost.StartAsync(mongo, $"quota{Guid.NewGuid():N}", settings);
}
