using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Lmtp.Tests.Integration.Delivery;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The connection to the database breaks at every write of the deletion of a mailbox and of a user. Afterwards all of it
/// is there, or nothing of it is left behind.
/// </summary>
public sealed class CutRemovalTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    private static readonly Dictionary<string, string[]> Writes = new()
    {
        ["mailbox"] =
        [
            "insert changes",
            "delete mailboxes",
            "delete filters",
            "insert journal",
            "update messages",
            "delete changes",
        ],
        ["user"] =
        [
            "insert changes",
            "update deletedusers",
            "delete users",
            "update deletedusers",
            "delete addresses",
            "insert tasks",
            "delete changes",
        ],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Removals => [.. Writes.Keys];

    /// <summary>Each write of each removal.</summary>
    public static TheoryData<string, int, string> Boundaries =>
        [.. Writes.SelectMany(removal => removal.Value.Select((write, index) => (removal.Key, index, write)))];

    /// <summary>Each write at which a server may be held up: all that come after it said what it is about to do.</summary>
    public static TheoryData<string, int, string> LateWrites =>
    [
        .. Writes.SelectMany(removal => removal.Value
            .Select((write, index) => (removal.Key, index, write))
            .Where(boundary => boundary.index > 0)),
    ];

    [Theory]
    [MemberData(nameof(Removals))]
    public async Task Writes_of_a_removal_are_the_named_ones(string removal)
    {
        await system.ClearAsync();
        var scene = await NewSceneAsync();
        system.Proxy.Arm(null);

        Assert.True(await RemoveAsync(removal, scene));

        Assert.Equal(Writes[removal], system.Proxy.Writes);
        await AssertWholeAsync(removal, scene, mustBeDone: true, "without a fault");
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Removal_that_nobody_tries_again_is_completed_or_never_began(string removal, int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (scene, isDone) = await BreakAsync(removal, fault);

            await system.SweepAsync();

            await AssertWholeAsync(removal, scene, isDone, $"{boundary}, {fault}");
        }
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Removal_that_is_tried_again_takes_place_once(string removal, int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (scene, _) = await BreakAsync(removal, fault);
            await system.ExpireLeasesAsync();

            await RemoveAsync(removal, scene);

            await AssertWholeAsync(removal, scene, mustBeDone: true, $"{boundary}, {fault}");
        }
    }

    [Theory]
    [MemberData(nameof(LateWrites))]
    public async Task Removal_whose_server_was_held_up_until_another_one_completed_it_takes_place_once(
        string removal, int write, string boundary)
    {
        await system.ClearAsync();
        await using var other = await system.StartOtherAsync();
        var scene = await NewSceneAsync();

        var isDone = await system.HoldUpAsync(write, () => RemoveAsync(removal, scene), async () =>
        {
            await system.ExpireLeasesAsync();
            await other.Get<ChangeSweeper>().SweepAsync(Token);
        });

        Assert.True(isDone);
        await AssertWholeAsync(removal, scene, mustBeDone: true, $"held up at {boundary}");
    }

    [Fact]
    public async Task Message_that_comes_while_its_mailbox_goes_is_not_left_behind_in_it()
    {
        await system.ClearAsync();
        system.Proxy.Arm(null);
        for (var round = 0; round < 10; round++)
        {
            var scene = await NewSceneAsync();

            var delivery = system.Host.DeliverAsync(
                DeliveryHost.NewTransaction(), FaultyDelivery.NewMessage(FaultyDelivery.NewName()), $"{scene.Name}@example.test");
            await RemoveAsync("mailbox", scene);

            // Planned for the mailbox and too late for it, the message comes again.
            Assert.Contains(Assert.Single(await delivery).Status, new[] { DeliveryStatus.Stored, DeliveryStatus.TemporaryFailure });
            Assert.DoesNotContain(await InMailboxAsync(scene), message => !message.IsTrue("exp"));
        }
    }

    private Task<(Scene Scene, bool IsDone)> BreakAsync(string removal, Fault fault) =>
        system.BreakAsync(fault, NewSceneAsync, scene => TryRemoveAsync(removal, scene));

    /// <summary>A user with a mailbox that a filter files all mail into, and one message there.</summary>
    private async Task<Scene> NewSceneAsync()
    {
        var name = FaultyDelivery.NewName();
        var id = await system.Host.AddUserAsync($"{name}@example.test");
        var user = (await system.Host.Users.GetAsync(id, Token))!;
        var mailbox = (await system.Host.Get<MailboxEditor>().CreateAsync(user, "Work", 0, Token)).Mailbox!;
        await system.Host.Get<FilterEditor>().AddAsync(
            id,
            new BsonDocument
            {
                { "query", new BsonDocument("headers", new BsonDocument("subject", "user")) },
                { "action", new BsonDocument("mailbox", mailbox.Id) },
            },
            Token);
        var outcome = await system.DeliverAsync(name);
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        return new Scene(name, user, mailbox);
    }

    private async Task<bool> TryRemoveAsync(string removal, Scene scene)
    {
        try
        {
            return await RemoveAsync(removal, scene);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            return false;
        }
    }

    private async Task<bool> RemoveAsync(string removal, Scene scene) => removal == "user"
        ? await system.Host.Get<UserRemover>().RemoveAsync(scene.User, onlyIfUnchanged: false, Token)
        : (await system.Host.Get<MailboxEditor>().DeleteAsync(scene.Mailbox, onlyIfUnchanged: false, Token)).Status == MailboxChangeStatus.Done;

    private async Task AssertWholeAsync(string removal, Scene scene, bool mustBeDone, string when)
    {
        var isGone = await (removal == "user" ? AssertUserWholeAsync(scene, when) : AssertMailboxWholeAsync(scene, when));
        Assert.True(isGone || !mustBeDone, $"{when}: not removed");
        await system.ExpireLeasesAsync();
        Assert.Empty(await system.Host.Get<ChangeStore>().FindExpiredAsync(null, 10, Token));
    }

    private async Task<bool> AssertMailboxWholeAsync(Scene scene, string when)
    {
        var isGone = (await system.Host.FindAsync("mailboxes", $"{{ _id: ObjectId('{scene.Mailbox.Id}') }}")).Count == 0;
        var filters = await system.Host.FindAsync("filters", $"{{ user: ObjectId('{scene.User.Id}') }}");
        var entries = await system.Host.FindAsync("journal", $"{{ mailbox: ObjectId('{scene.Mailbox.Id}'), command: 'DELETE' }}");
        var overdue = (await InMailboxAsync(scene)).Select(message => message.IsTrue("exp"));
        Assert.True(filters.Count == (isGone ? 0 : 1), $"{when}: {filters.Count} filters");
        Assert.True(entries.Count == (isGone ? 1 : 0), $"{when}: {entries.Count} entries in the journal");
        Assert.Equal([isGone], overdue);
        return isGone;
    }

    private async Task<bool> AssertUserWholeAsync(Scene scene, string when)
    {
        var isGone = await system.Host.Users.GetAsync(scene.User.Id, Token) is null;
        var addresses = await system.Host.FindAsync("addresses", $"{{ user: ObjectId('{scene.User.Id}') }}");
        var deleted = await system.Host.FindAsync("deletedusers", $"{{ _id: ObjectId('{scene.User.Id}') }}");
        var tasks = await system.Host.FindAsync("tasks", $"{{ 'data.user': ObjectId('{scene.User.Id}') }}");
        var expected = isGone ? (0, 1, 1) : (1, 0, 0);
        Assert.True((addresses.Count, deleted.Count, tasks.Count) == expected, $"{when}: {addresses.Count}, {deleted.Count}, {tasks.Count}");
        Assert.True(!isGone || deleted[0]["deleteInfo"]["addresses"].AsBsonArray.Count == 1, $"{when}: the addresses are not kept");
        return isGone;
    }

    private Task<List<BsonDocument>> InMailboxAsync(Scene scene) =>
        system.Host.FindAsync("messages", $"{{ mailbox: ObjectId('{scene.Mailbox.Id}') }}");

    private sealed record Scene(string Name, MailUser User, Mailbox Mailbox);
}
