using System.Text;
using Lmtp.Server.Delivery;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>The connection to the database breaks at every write of a delivery, on either side of it; then the MTA tries again.</summary>
public sealed class CutConnectionTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    public static TheoryData<int, string> Boundaries => DeliveryBoundaries.All;

    [Fact]
    public async Task Writes_of_a_delivery_are_the_named_ones()
    {
        await system.ClearAsync();
        var name = FaultyDelivery.NewName();
        await system.Host.AddUserAsync($"{name}@example.test");
        system.Proxy.Arm(null);
        var outcome = await system.DeliverAsync(name);
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        Assert.Equal(DeliveryBoundaries.Writes, system.Proxy.Writes);
        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }

    [Fact]
    public async Task Attachments_that_are_there_are_counted_for_all_recipients_by_one_operation()
    {
        await system.ClearAsync();
        var name = FaultyDelivery.NewName();
        var other = FaultyDelivery.NewName();
        await system.Host.AddUserAsync($"{name}@example.test");
        await system.Host.AddUserAsync($"{other}@example.test");
        await system.DeliverAsync(name);
        var again = Encoding.ASCII.GetString(FaultyDelivery.NewMessage(name)).Replace("Message-ID: <", "Message-ID: <again-", StringComparison.Ordinal);
        system.Proxy.Arm(null);

        var outcomes = await system.Host.DeliverAsync(again, $"{name}@example.test", $"{other}@example.test");

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Stored, outcome.Status));
        Assert.Equal(
            ["update attachments.files"],
            system.Proxy.Writes.Where(write => write.Contains("attachments", StringComparison.Ordinal)));
        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }

    [Fact]
    public async Task Many_small_attachments_are_written_together()
    {
        await system.ClearAsync();
        var name = FaultyDelivery.NewName();
        await system.Host.AddUserAsync($"{name}@example.test");
        var message = string.Concat(
            "Content-Type: multipart/mixed; boundary=BB\r\n\r\n",
            string.Concat(Enumerable.Range(0, 300).Select(number =>
                $"--BB\r\nContent-Type: application/octet-stream\r\n\r\n{name} {number}\r\n")),
            "--BB--\r\n");
        system.Proxy.Arm(null);

        var outcome = Assert.Single(await system.Host.DeliverAsync(message, $"{name}@example.test"));

        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        Assert.Equal(
            ["insert attachments.chunks", "insert attachments.files"],
            system.Proxy.Writes.Where(write => write.Contains("attachments", StringComparison.Ordinal)));
        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Retry_stores_the_message_once(int write, string name)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (recipient, user, outcome) = await system.BreakAsync(fault);
            await system.ExpireLeasesAsync();
            var retry = await system.DeliverAsync(recipient);

            Assert.True(retry.Status == DeliveryStatus.Stored, $"{name}, {fault}: {outcome}, then {retry}");
            Assert.True(outcome.MessageId is null || outcome == retry, $"{name}, {fault}: {outcome}, then {retry}");
            Assert.Equal(1, await system.CountMessagesAsync(user));
        }

        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }
}
