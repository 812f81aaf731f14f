using System.Text;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The server process is killed at every write of a delivery that forwards and answers the sender; then the MTA tries again,
/// or only the sweeper comes. What is stored, what is forwarded and what is answered stay one thing.
/// </summary>
public sealed class KilledForwardTests(KillableServer server) : IClassFixture<KillableServer>
{
    private static readonly string[] Writes =
    [
        "insert threads",
        "insert deliveries",
        "update users",
        "insert mail.chunks",
        "insert mail.files",
        "update repliedsenders",
        "findAndModify mailboxes",
        "insert messages",
        "insert journal",
        "insert zone-queue",
        "update addressregister",
    ];

    /// <summary>Each write, with what comes after it: a retry or none, in turn.</summary>
    public static TheoryData<string, bool> Boundaries => [.. Writes.Select((name, index) => (name, index % 2 == 0))];

    /// <summary>The same the other way round.</summary>
    public static TheoryData<string, bool> OtherBoundaries => [.. Writes.Select((name, index) => (name, index % 2 != 0))];

    [Theory]
    [MemberData(nameof(Boundaries))]
    public Task Killed_before_a_write(string name, bool isRetried) => KillAsync(name, FaultMoment.BeforeTheWrite, isRetried);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(OtherBoundaries))]
    public Task Killed_before_a_write_with_the_other_sequel(string name, bool isRetried) =>
        KillAsync(name, FaultMoment.BeforeTheWrite, isRetried);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Boundaries))]
    public Task Killed_after_a_write(string name, bool isRetried) => KillAsync(name, FaultMoment.BeforeTheReply, isRetried);

    [Theory]
    [InlineData("wdf:", true)]
    [InlineData("war:", true)]
    [InlineData("war:", false)]
    [InlineData("wda:", true)]
    public Task Killed_at_a_command_to_Redis(string word, bool isRetried) => KillAsync(
        kill => server.Redis.Arm(word, FaultMoment.BeforeTheReply, kill), word, isRetried);

    private Task KillAsync(string name, FaultMoment moment, bool isRetried) => KillAsync(
        kill => server.Database.Arm(new Fault(0, moment, FaultExtent.OneConnection, kill) { Named = name }),
        $"{moment} {name}",
        isRetried);

    private async Task KillAsync(Action<Func<Task>> arm, string name, bool isRetried)
    {
        server.Require();
        await server.StartAsync();
        var recipient = FaultyDelivery.NewName();
        var user = await server.AddUserAsync(recipient);
        await server.ForwardAndAnswerAsync(user, $"{recipient}@y.test");
        var message = Encoding.ASCII.GetBytes($"From: Author <author-of-{recipient}@friend.test>\r\nSubject: {recipient}\r\n\r\ntext\r\n");
        await server.DeliverAndBeKilledAsync(arm, name, recipient, message, isRetried);

        IReadOnlyList<string> problems = [];
        await Eventually.TrueAsync(
            async () =>
            {
                await server.ExpireLeasesAsync();
                problems = [.. await server.ProblemsAsync(), .. await OutgoingProblemsAsync(recipient)];
                return problems.Count == 0;
            },
            state: () => $"{name}: {string.Join(Environment.NewLine, problems)}");
        Assert.InRange(await server.CountMessagesAsync(user), isRetried ? 1 : 0, 1);
    }

    // A forward and a reply for each message that is stored, whole, and nothing else.
    private async Task<List<string>> OutgoingProblemsAsync(string name)
    {
        var messages = await server.FindAsync("messages", $"{{ subject: '{name}' }}");
        var (entries, files, chunks) = await server.QueueAsync();
        var problems = new List<string>();
        Expect("forwards", messages.Count, entries.Count(entry => entry["recipient"] == $"{name}@y.test"));
        Expect("replies", messages.Count, entries.Count(entry => entry["recipient"] == $"author-of-{name}@friend.test"));
        Expect(
            "queue ids of the message",
            string.Join(' ', messages.SelectMany(message => message["outbound"].AsBsonArray).Order()),
            string.Join(' ', entries.Where(entry => IsOf(entry, name)).Select(entry => entry["id"]).Order()));
        Expect("files", entries.Count, files.Count);
        Expect("chunks of files", chunks.Count, chunks.Count(chunk => files.Any(file => file["_id"] == chunk["files_id"])));
        return problems;

        void Expect<T>(string what, T expected, T found)
        {
            if (!Equals(expected, found))
            {
                problems.Add($"{what}: expected {expected}, was {found}");
            }
        }
    }

    private static bool IsOf(BsonDocument entry, string name) =>
        entry["recipient"] == $"{name}@y.test" || entry["recipient"] == $"author-of-{name}@friend.test";
}
