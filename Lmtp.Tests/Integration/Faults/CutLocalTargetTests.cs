using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Integration.Delivery.Outgoing;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The connection to the database breaks at each write of a delivery to an address that forwards to two local users and
/// elsewhere, one of whom is a recipient, too.
/// </summary>
public sealed class CutLocalTargetTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    private const int Users = 2;

    // More than there are: those that follow the last write find nothing to break.
    private const int MostWrites = 24;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each write, and whether the client comes again with all recipients.</summary>
    public static TheoryData<int, bool> Boundaries =>
        [.. Enumerable.Range(0, MostWrites).SelectMany(write => new[] { (write, true), (write, false) })];

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Everybody_has_it_once_after_a_retry_and_one_or_none_without(int write, bool isRetried)
    {
        await ClearAsync();
        foreach (var moment in Enum.GetValues<FaultMoment>())
        {
            var name = await AddListAsync();
            system.Proxy.Arm(new Fault(write, moment, FaultExtent.OneConnection));
            var outcomes = await DeliverAsync(name, [$"{name}0@example.test", $"{name}@example.test"]);
            await system.RecoverAsync();
            await system.ExpireLeasesAsync();
            if (isRetried && Array.FindAll(outcomes, outcome => !outcome.IsDone).Length > 0)
            {
                // Only those that were not answered 250 come again.
                string[] open = [.. new[] { $"{name}0@example.test", $"{name}@example.test" }.Where((_, index) => !outcomes[index].IsDone)];
                Assert.All(await DeliverAsync(name, open), outcome => Assert.True(outcome.IsDone, $"{write}, {moment}: {outcome}"));
                outcomes = [];
            }

            await system.SweepAsync();
            var (messages, entries) = await CountAsync(name);
            Assert.All(messages, message => Assert.True(message.Value == 1, $"{write}, {moment}: {message.Value} copies"));
            Assert.True(entries <= 1, $"{write}, {moment}: {entries} entries");
            if (isRetried || outcomes[1].IsDone)
            {
                Assert.Equal((Users, 1), (messages.Count, entries));
            }
        }

        Assert.Empty(await system.ProblemsAsync());
    }

    private async Task<string> AddListAsync()
    {
        var name = FaultyDelivery.NewName();
        for (var i = 0; i < Users; i++)
        {
            await system.Host.AddUserAsync($"{name}{i}@example.test");
        }

        await system.Host.Get<ForwardedAddressStore>().AddAsync(
            $"{name}@example.test",
            null,
            [new("mail", $"{name}0@example.test"), new("mail", $"{name}1@example.test"), new("mail", $"{name}@y.test")],
            0,
            Token);
        return name;
    }

    private Task<DeliveryOutcome[]> DeliverAsync(string name, string[] recipients) => system.Host.DeliverAsync(
        DeliveryHost.NewTransaction(), Encoding.ASCII.GetBytes($"Subject: {name}\r\n\r\n{name}\r\n"), recipients);

    private async Task<(Dictionary<BsonValue, int> Messages, int Entries)> CountAsync(string name)
    {
        var messages = await system.Host.FindAsync("messages", $"{{ subject: '{name}' }}");
        var entries = await ForwardingTests.EntriesAsync(system.Host);
        return (
            messages.GroupBy(message => message["user"]).ToDictionary(user => user.Key, user => user.Count()),
            entries.Count(entry => entry["recipient"] == $"{name}@y.test"));
    }

    private async Task ClearAsync()
    {
        await system.ClearAsync();
        var database = system.Host.Get<MailDatabase>();
        foreach (var collection in new[] { database.QueueEntries, database.QueueFiles, database.QueueChunks })
        {
            await collection.DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, Token);
        }
    }
}
