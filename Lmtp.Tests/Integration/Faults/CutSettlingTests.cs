using Lmtp.Server.Delivery.Claims;
using Lmtp.Tests.Integration.Delivery;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// A sweeper breaks off, or is held up while another one does the same, at each write by which it is done with a delivery
/// that changed hands.
/// </summary>
public sealed class CutSettlingTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>, IAsyncLifetime
{
    private const int LeastWrites = 3;

    private DeliveryHost _other = null!;

    public async ValueTask InitializeAsync() => _other = await system.StartOtherAsync();

    public ValueTask DisposeAsync() => _other.DisposeAsync();

    [Fact]
    public Task Sweeper_that_breaks_off_before_a_write_leaves_counts_right() =>
        ForEachWriteAsync(write => SweepAsync(new Fault(write, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection)));

    [Fact]
    public Task Sweeper_that_breaks_off_after_a_write_leaves_counts_right() =>
        ForEachWriteAsync(write => SweepAsync(new Fault(write, FaultMoment.BeforeTheReply, FaultExtent.OneConnection)));

    [Fact]
    public Task Sweeper_that_is_held_up_while_another_one_settles_leaves_counts_right() =>
        ForEachWriteAsync(write => SweepHeldUpAsync(write, SweepElsewhereAsync));

    [Fact]
    public Task Sweeper_that_is_held_up_until_another_one_has_checked_leaves_counts_right() =>
        ForEachWriteAsync(write => SweepHeldUpAsync(write, async () =>
        {
            await SweepElsewhereAsync();
            await SweepElsewhereAsync();
        }));

    private async Task ForEachWriteAsync(Func<int, Task<bool>> sweepAsync)
    {
        var writes = 0;
        while (await BreakWriteAsync(writes, sweepAsync))
        {
            writes++;
        }

        Assert.True(writes > LeastWrites, $"No more than {writes} writes");
    }

    // False where there is no such write. A driver that has not found its way back to the database after the fault before may
    // not come as far; then it is another delivery's turn.
    private async Task<bool> BreakWriteAsync(int write, Func<int, Task<bool>> sweepAsync)
    {
        const int Attempts = 10;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await StoreByTakeoverAsync();
            await system.ExpireLeasesAsync();
            var isSwept = await sweepAsync(write);
            var writes = system.Proxy.Writes;
            var struck = system.Proxy.Struck.IsCompleted;
            system.Proxy.Arm(null);

            await Eventually.TrueAsync(TrySweepAsync);
            await system.SweepAsync();
            var problems = await system.ProblemsAsync();
            Assert.True(problems.Count == 0, $"{write} of {string.Join(", ", writes)}: {string.Join(Environment.NewLine, problems)}");
            if (struck || isSwept)
            {
                return struck;
            }
        }

        throw new InvalidOperationException($"No fault has struck at write {write}.");
    }

    private Task<bool> SweepAsync(Fault fault)
    {
        system.Proxy.Arm(fault);
        return TrySweepAsync();
    }

    private async Task<bool> SweepHeldUpAsync(int write, Func<Task> meanwhile)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new Fault(write, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection, () =>
        {
            reached.SetResult();
            return released.Task;
        });
        var sweeping = SweepAsync(held with { IsHeldUp = true });
        await Task.WhenAny(reached.Task, sweeping);
        if (reached.Task.IsCompleted)
        {
            await meanwhile();
        }

        released.SetResult();
        return await sweeping;
    }

    // A delivery that its server stores and does not finish; the other server does.
    private async Task StoreByTakeoverAsync()
    {
        await system.ClearAsync();
        await system.BreakAsync(new Fault(0, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection) { Named = "insert journal" });
        await SweepElsewhereAsync();
        Assert.Contains(await system.FindClaimsAsync(), claim => claim["epoch"] == 1 && claim["state"] == "stored" && !claim["settled"].AsBoolean);
    }

    private async Task SweepElsewhereAsync()
    {
        await system.ExpireLeasesAsync();
        await _other.Get<ClaimSweeper>().SweepAsync(TestContext.Current.CancellationToken);
    }

    private async Task<bool> TrySweepAsync()
    {
        try
        {
            await system.Host.Get<ClaimSweeper>().SweepAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            return false;
        }
    }
}
