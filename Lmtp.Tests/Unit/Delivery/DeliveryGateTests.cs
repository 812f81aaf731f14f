using Lmtp.Server.Delivery;
using Microsoft.Extensions.Options;

namespace Lmtp.Tests.Unit.Delivery;

public sealed class DeliveryGateTests
{
    [Fact]
    public async Task User_with_all_places_taken_is_turned_away()
    {
        using var gate = NewGate(perUser: 2, wait: TimeSpan.Zero);
        using var first = await EnterAsync(gate, "a");
        using var second = await EnterAsync(gate, "a");
        Assert.NotNull(second);
        Assert.Null(await EnterAsync(gate, "a"));
        using var other = await EnterAsync(gate, "b");
        Assert.NotNull(other);
    }

    [Fact]
    public async Task Place_is_free_again_after_use()
    {
        using var gate = NewGate(perUser: 1, wait: TimeSpan.FromMinutes(1));
        var first = await EnterAsync(gate, "a");
        var second = EnterAsync(gate, "a");
        Assert.False(second.IsCompleted);
        first!.Dispose();
        Assert.NotNull(await second);
    }

    private static Task<IDisposable?> EnterAsync(DeliveryGate gate, string user) =>
        gate.EnterAsync(user, TestContext.Current.CancellationToken);

    private static DeliveryGate NewGate(int perUser, TimeSpan wait) => new(
        Options.Create(new DeliveryOptions { ConcurrencyPerUser = perUser, ConcurrencyPerUserWait = wait }),
        TimeProvider.System);
}
