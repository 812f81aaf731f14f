using Lmtp.Server.Delivery;

namespace Lmtp.Tests.Integration.Delivery;

public sealed class QuotaTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const int Quota = 20_000;

    [Fact]
    public async Task Sixty_four_deliveries_at_once_from_two_servers_never_go_over()
    {
        const int Deliveries = 64;
        var database = EmbeddedMongoFixture.NewName("quota");
        (string, string) places = ("Lmtp:Delivery:ConcurrencyPerUser", $"{Deliveries}");
        await using var first = await DeliveryHost.StartAsync(mongo, database, places);
        await using var second = await DeliveryHost.StartAsync(mongo, database, places);
        await first.AddUserAsync("alice@example.test", Quota);

        // All are accepted while there is room, and meet again when their bytes are there.
        var recipient = (await first.VerifyAsync("alice@example.test")).Recipient!;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Deliveries).Select(number =>
            (number % 2 == 0 ? first : second).DeliverToAsync(DeliveryHost.NewTransaction(), Message(number), [recipient])));

        var used = Assert.Single(await first.FindAsync("users"))["storageUsed"].ToInt64();
        var messages = await first.FindAsync("messages");
        Assert.InRange(used, Quota / 2, Quota);
        Assert.Equal(messages.Sum(message => message["size"].ToInt64()), used);
        Assert.True(used + messages[0]["size"].ToInt64() > Quota, "There was room for another one.");
        Assert.Equal(messages.Count, outcomes.Count(outcome => outcome[0].Status == DeliveryStatus.Stored));
        Assert.All(
            outcomes.Where(outcome => outcome[0].Status != DeliveryStatus.Stored),
            outcome => Assert.Equal(DeliveryStatus.MailboxFullTemporary, outcome[0].Status));
    }

    private static byte[] Message(int number) => System.Text.Encoding.ASCII.GetBytes(
        $"Message-ID: <{number:D4}@friend.test>\r\n\r\n{new string('x', 1000)}\r\n");
}
