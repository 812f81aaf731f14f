using Lmtp.Server.Delivery;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>One slow mailbox must not take all the places: beyond ten deliveries at once its user is busy, others are not.</summary>
public sealed class ConcurrencyPerUserTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const int DefaultPlaces = 10;

    private const string Message =
        "Message-ID: <busy@friend.test>\r\nContent-Type: application/pdf\r\n\r\nsome bytes\r\n";

    [Theory]
    [InlineData(DefaultPlaces - 1, DeliveryStatus.Stored)]
    [InlineData(DefaultPlaces, DeliveryStatus.UserBusy)]
    public async Task Delivery_beyond_the_tenth_at_once_is_deferred(int taken, DeliveryStatus expected)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        using var places = await TakeAsync(host, user.ToString(), taken);
        var outcome = Assert.Single(await host.DeliverAsync(Message, "alice@example.test"));
        Assert.Equal(expected, outcome.Status);
        Assert.Equal(expected == DeliveryStatus.Stored ? 1 : 0, (await host.FindAsync("messages")).Count);
    }

    [Fact]
    public async Task Deferred_delivery_leaves_nothing_and_does_not_touch_another_user()
    {
        await using var host = await StartAsync();
        var busy = await host.AddUserAsync("alice@example.test");
        await host.AddUserAsync("bob@example.test");
        using (await TakeAsync(host, busy.ToString(), DefaultPlaces))
        {
            var outcomes = await host.DeliverAsync(Message, "alice@example.test", "bob@example.test");
            Assert.Equal([DeliveryStatus.UserBusy, DeliveryStatus.Stored], outcomes.Select(outcome => outcome.Status));
        }

        var file = Assert.Single(await host.FindAsync("attachments.files"));
        Assert.Equal(1, file["metadata"]["c"].ToInt32());
        Assert.Equal(0, (await host.FindAsync("users", "{ username: 'alice' }")).Single()["storageUsed"].ToInt64());

        var retry = Assert.Single(await host.DeliverAsync(Message, "alice@example.test"));
        Assert.Equal(DeliveryStatus.Stored, retry.Status);
        Assert.Equal(2, Assert.Single(await host.FindAsync("attachments.files"))["metadata"]["c"].ToInt32());
    }

    private static async Task<Places> TakeAsync(DeliveryHost host, string user, int count)
    {
        var taken = new List<IDisposable>();
        for (var i = 0; i < count; i++)
        {
            taken.Add((await host.Get<DeliveryGate>().EnterAsync(user, TestContext.Current.CancellationToken))!);
        }

        return new Places(taken);
    }

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(
        mongo, EmbeddedMongoFixture.NewName("busy"), ("Lmtp:Delivery:ConcurrencyPerUserWait", "00:00:00"));

    private sealed class Places(List<IDisposable> taken) : IDisposable
    {
        public void Dispose() => taken.ForEach(place => place.Dispose());
    }
}
