using Lmtp.Server.Delivery;
using Lmtp.Tests.Integration.Delivery.Encrypted;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The connection to the database breaks at every write of a delivery whose message is encrypted: whoever goes on makes the
/// same ciphertext by the seed in the claim, and the seed goes when the delivery is done with.
/// </summary>
public sealed class CutEncryptedDeliveryTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    public static TheoryData<int, string> Boundaries => DeliveryBoundaries.AllEncrypted;

    [Fact]
    public async Task Writes_of_an_encrypted_delivery_are_the_named_ones()
    {
        await system.ClearAsync();
        var name = FaultyDelivery.NewName();
        await system.Host.UseSmimeAsync(await system.Host.AddUserAsync($"{name}@example.test"));
        system.Proxy.Arm(null);
        Assert.Equal(DeliveryStatus.Stored, (await system.DeliverAsync(name)).Status);

        // Other parts of the server write, too, seldom and what no delivery writes.
        Assert.Equal(DeliveryBoundaries.EncryptedWrites, system.Proxy.Writes.Where(DeliveryBoundaries.EncryptedWrites.Contains));
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Retry_stores_the_message_once(int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (recipient, user, outcome) = await system.BreakAsync(fault, isEncrypted: true);
            var hashes = await PlannedFilesAsync(user);
            await system.ExpireLeasesAsync();
            var retry = await system.DeliverAsync(recipient);

            Assert.True(retry.Status == DeliveryStatus.Stored, $"{boundary}, {fault}: {outcome}, then {retry}");
            Assert.True(outcome.MessageId is null || outcome == retry, $"{boundary}, {fault}: {outcome}, then {retry}");
            Assert.Equal(1, await system.CountMessagesAsync(user));
            if (hashes.Count > 0)
            {
                Assert.Equal(hashes, await PlannedFilesAsync(user));
            }
        }

        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
        await AssertEncryptedAsync();
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Sweeper_leaves_the_message_whole_or_nothing_of_it(int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (_, user, outcome) = await system.BreakAsync(fault, isEncrypted: true);
            await system.SweepAsync();
            var count = await system.CountMessagesAsync(user);
            Assert.True(count <= 1 && (outcome.Status != DeliveryStatus.Stored || count == 1), $"{boundary}, {fault}: {outcome}, {count} messages");
        }

        Assert.Empty(await system.ProblemsAsync());
        await AssertEncryptedAsync();
    }

    [Fact]
    public async Task Delivery_whose_key_has_changed_is_undone_and_made_anew_when_nobody_can_be_at_it_any_more()
    {
        await system.ClearAsync();
        var stop = new Fault(0, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection) { Named = "insert attachments.files" };
        var (recipient, user, _) = await system.BreakAsync(stop, isEncrypted: true);
        await system.Host.SetAsync(user, new BsonDocument { { "smimeCerts", new BsonArray() }, { "pubKey", ReaderKeys.OpenPgp } });
        await system.ExpireLeasesAsync();

        Assert.Equal(DeliveryStatus.TemporaryFailure, (await system.DeliverAsync(recipient)).Status);
        Assert.Equal(DeliveryStatus.InProgressElsewhere, (await system.DeliverAsync(recipient)).Status);
        Assert.Equal(0, await system.CountMessagesAsync(user));
        await system.SweepAsync();
        Assert.Equal(DeliveryStatus.Stored, (await system.DeliverAsync(recipient)).Status);

        var message = Assert.Single(await system.Host.FindAsync("messages", $"{{ user: ObjectId('{user}') }}"));
        Assert.Equal("multipart/encrypted", message["mimeTree"]["parsedHeader"]["content-type"]["value"].AsString);
        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }

    [Fact]
    public async Task Seed_of_a_delivery_that_came_to_nothing_goes_when_nobody_can_be_at_it_any_more()
    {
        await system.ClearAsync();
        await system.BreakAsync(new Fault(0, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection) { Named = "update users" }, isEncrypted: true);
        Assert.Contains(await system.FindClaimsAsync(), claim => claim["plan"].AsBsonDocument.Contains("encryptionSeed"));
        await system.SweepAsync();
        Assert.DoesNotContain(await system.FindClaimsAsync(), claim => claim["plan"].AsBsonDocument.Contains("encryptionSeed"));
    }

    [Fact]
    public async Task Plan_without_its_seed_stores_nothing_in_the_clear()
    {
        await system.ClearAsync();
        var (recipient, user, _) = await system.BreakAsync(
            new Fault(0, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection) { Named = "update users" }, isEncrypted: true);
        await system.Host.Get<Lmtp.Server.Storage.MailDatabase>().Own
            .GetCollection<BsonDocument>(Lmtp.Server.Storage.ClaimStore.CollectionName)
            .UpdateManyAsync(
                FilterDefinition<BsonDocument>.Empty,
                Builders<BsonDocument>.Update.Unset("plan.encryptionSeed"),
                cancellationToken: TestContext.Current.CancellationToken);
        await system.ExpireLeasesAsync();

        Assert.Equal(DeliveryStatus.TemporaryFailure, (await system.DeliverAsync(recipient)).Status);
        Assert.Equal(0, await system.CountMessagesAsync(user));
        await system.SweepAsync();
        Assert.Equal(DeliveryStatus.Stored, (await system.DeliverAsync(recipient)).Status);
        Assert.Equal(1, await system.CountMessagesAsync(user));
        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }

    private async Task<List<BsonValue>> PlannedFilesAsync(ObjectId user) =>
    [
        .. (await system.FindClaimsAsync())
            .Select(claim => claim["plan"])
            .Where(plan => plan["user"] == user)
            .SelectMany(plan => plan["attachments"].AsBsonArray)
            .Select(file => file["id"]),
    ];

    // The first message is the one that all tests begin with.
    private async Task AssertEncryptedAsync()
    {
        var messages = await system.Host.FindAsync("messages");
        Assert.All(messages.Skip(1), message => Assert.Equal(
            "application/pkcs7-mime", message["mimeTree"]["parsedHeader"]["content-type"]["value"].AsString));
    }
}
