using Lmtp.Server.Delivery;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>The connection to the database breaks at every write of a delivery, and the MTA never comes back.</summary>
public sealed class CutConnectionWithoutRetryTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    public static TheoryData<int, string> Boundaries => DeliveryBoundaries.All;

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Sweeper_leaves_all_or_nothing(int write, string name)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (_, user, outcome) = await system.BreakAsync(fault);
            await system.SweepAsync();

            var messages = await system.CountMessagesAsync(user);
            Assert.True(messages <= 1, $"{name}, {fault}: {messages} messages");
            Assert.True(messages == 1 || outcome.Status != DeliveryStatus.Stored, $"{name}, {fault}: {outcome} and no message");
        }

        Assert.Empty(await system.ProblemsAsync());
    }
}
