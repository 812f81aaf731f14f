namespace Lmtp.Tests.Integration.Faults;

/// <summary>The server process is killed once at every boundary of a delivery; then the MTA tries again, or only the sweeper comes.</summary>
public sealed class KilledProcessTests(KillableServer server) : IClassFixture<KillableServer>
{
    /// <summary>Each write to the database, with what comes after it: a retry or none, in turn.</summary>
    public static TheoryData<int, string, bool> Boundaries =>
        [.. DeliveryBoundaries.Writes.Select((name, index) => (index, name, index % 2 == 0))];

    /// <summary>The same the other way round.</summary>
    public static TheoryData<int, string, bool> OtherBoundaries =>
        [.. DeliveryBoundaries.Writes.Select((name, index) => (index, name, index % 2 != 0))];

    [Theory]
    [MemberData(nameof(Boundaries))]
    public Task Killed_before_a_write(int write, string name, bool isRetried) =>
        KillAsync(kill => server.Database.Arm(DeliveryBoundaries.FaultAt(write, FaultMoment.BeforeTheWrite, kill)), name, isRetried);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(OtherBoundaries))]
    public Task Killed_before_a_write_with_the_other_sequel(int write, string name, bool isRetried) =>
        KillAsync(kill => server.Database.Arm(DeliveryBoundaries.FaultAt(write, FaultMoment.BeforeTheWrite, kill)), name, isRetried);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Killed_between_the_last_write_and_the_answer(bool isRetried) => KillAsync(
        kill => server.Database.Arm(DeliveryBoundaries.FaultAt(DeliveryBoundaries.Writes.Count - 1, FaultMoment.BeforeTheReply, kill)),
        "answer",
        isRetried);

    [Theory]
    [InlineData("lmtp:mailbox:", FaultMoment.BeforeTheWrite, true)]
    [InlineData("lmtp:mailbox:", FaultMoment.BeforeTheReply, false)]
    [InlineData("total:", FaultMoment.BeforeTheWrite, true)]
    [InlineData("total:", FaultMoment.BeforeTheReply, false)]
    [InlineData("PUBLISH", FaultMoment.BeforeTheWrite, false)]
    internal Task Killed_at_a_command_to_Redis(string word, FaultMoment moment, bool isRetried) =>
        KillAsync(kill => server.Redis.Arm(word, moment, kill), word, isRetried);

    [Theory]
    [InlineData("insert deliveries", true)]
    [InlineData("insert attachments.chunks", false)]
    [InlineData("insert attachments.files", true)]
    [InlineData("update users", false)]
    [InlineData("insert messages", true)]
    [InlineData("insert journal", false)]
    [InlineData("update addressregister", true)]
    public Task Killed_before_a_write_of_an_encrypted_message(string name, bool isRetried) => KillAsync(
        kill => server.Database.Arm(new Fault(0, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection, kill) { Named = name }),
        name,
        isRetried,
        isEncrypted: true);

    private async Task KillAsync(Action<Func<Task>> arm, string name, bool isRetried, bool isEncrypted = false)
    {
        server.Require();
        await server.StartAsync();
        var recipient = FaultyDelivery.NewName();
        var user = await server.AddUserAsync(recipient);
        if (isEncrypted)
        {
            await server.EncryptAsync(user);
        }

        await server.CacheCountsAsync(user);
        var message = FaultyDelivery.NewMessage(recipient);
        await server.DeliverAndBeKilledAsync(arm, name, recipient, message, isRetried);

        IReadOnlyList<string> problems = [];
        await Eventually.TrueAsync(
            async () =>
            {
                await server.ExpireLeasesAsync();
                problems = [.. await server.ProblemsAsync(), .. await server.WrongCountsAsync(user)];
                return problems.Count == 0;
            },
            state: () => $"{name}: {string.Join(Environment.NewLine, problems)}");
        Assert.InRange(await server.CountMessagesAsync(user), isRetried ? 1 : 0, 1);
    }
}
