using System.Globalization;
using Lmtp.Tests.Integration.Protocol;
using Lmtp.Tests.Processes;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>A real Postfix with its queue delivers while the server is killed again and again.</summary>
public sealed class PostfixUnderKillsTests : IAsyncLifetime
{
    private const int Users = 4;

    private readonly KillableServer _server = new();

    // The user "postfix" must be able to enter, and its processes end a while after it was told to stop.
    private readonly TemporaryDirectory _folder = TemporaryDirectory.ForEverybody();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public Task All_of_30_messages_arrive_once() => DeliverUnderKillsAsync(messages: 30, kills: 4, everySeconds: 2);

    [Fact]
    [Trait("Category", "Long")]
    public Task All_of_300_messages_arrive_once() => DeliverUnderKillsAsync(messages: 300, kills: 25, everySeconds: 3);

    private async Task DeliverUnderKillsAsync(int messages, int kills, int everySeconds)
    {
        PostfixInstance.Require();
        _server.Require();
        var users = new Dictionary<string, ObjectId>(StringComparer.Ordinal);
        for (var number = 0; number < Users; number++)
        {
            users[$"box{number}"] = await _server.AddUserAsync($"box{number}");
        }

        await _server.StartAsync();
        await using var postfix = await PostfixInstance.StartAsync(
            _folder,
            string.Create(CultureInfo.InvariantCulture, $"inet:127.0.0.1:{_server.EndPoint.Port}"),
            [
                "queue_run_delay = 1s",
                "minimal_backoff_time = 1s",
                "maximal_backoff_time = 2s",
                "transport_retry_time = 1s",
                "lmtp_destination_concurrency_limit = 4",
                "lmtp_destination_concurrency_failed_cohort_limit = 1000",
                "lmtp_destination_recipient_limit = 2",
            ]);

        var submitting = SubmitAsync(postfix, messages, TimeSpan.FromSeconds((double)kills * everySeconds / messages));
        var pause = new PeriodicTimer(TimeSpan.FromSeconds(everySeconds));
        for (var kill = 0; kill < kills; kill++)
        {
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await _server.KillAsync();
            await _server.StartAsync();
        }

        await submitting;

        // A message that goes from one part of the queue into another while they are listed may be seen in neither, but not twice.
        if (!await Eventually.HoldsAsync(
            () => Task.FromResult(postfix.Queue().Count == 0 && postfix.Queue().Count == 0), TimeSpan.FromMinutes(3)))
        {
            Assert.Fail($"Postfix keeps mail. {await postfix.DescribeAsync()}{await _server.DescribeAsync()}");
        }

        await AssertEachArrivedOnceAsync(messages, users);
        IReadOnlyList<string> problems = [];
        await Eventually.TrueAsync(
            async () => (problems = await _server.ProblemsAsync()).Count == 0,
            state: () => string.Join(Environment.NewLine, problems));
        Assert.DoesNotContain("status=bounced", postfix.Log(), StringComparison.Ordinal);
    }

    // Spread over the time of the kills, so that each of them meets mail.
    private static async Task SubmitAsync(PostfixInstance postfix, int messages, TimeSpan every)
    {
        using var timer = new PeriodicTimer(every);
        for (var number = 0; number < messages; number++)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await postfix.SubmitAsync(RecipientsOf(number), Content(number));
        }
    }

    private static string[] RecipientsOf(int number) =>
        [$"box{number % Users}@example.test", $"box{(number + 1) % Users}@example.test"];

    // One attachment that all have, and one of its own.
    private static string Content(int number) =>
        $"From: author@friend.test\r\nSubject: number {number}\r\nContent-Type: multipart/mixed; boundary=BB\r\n\r\n" +
        "--BB\r\nContent-Type: application/octet-stream\r\n\r\nthe same for all\r\n" +
        $"--BB\r\nContent-Type: application/octet-stream\r\n\r\nonly in {number}\r\n--BB--\r\n";

    private async Task AssertEachArrivedOnceAsync(int messages, Dictionary<string, ObjectId> users)
    {
        var expected = Enumerable.Range(0, messages)
            .SelectMany(RecipientsOf, (number, address) => $"number {number} for {users[address[..address.IndexOf('@')]]}");
        var found = (await _server.FindAsync("messages"))
            .Where(message => users.ContainsValue(message["user"].AsObjectId))
            .Select(message => $"{message["subject"]} for {message["user"]}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }
}
