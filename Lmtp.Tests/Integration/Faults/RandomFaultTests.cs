using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Integration.Delivery.Encrypted;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// Messages to several recipients, several at once, with attachments that they share, while connections break at random;
/// then the MTA tries again what was not answered 250, or gives up. Two of the recipients have their mail encrypted.
/// </summary>
public sealed class RandomFaultTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    private const int Users = 4;
    private const int MostWrites = 40;
    private const int MessagesAtOnce = 3;
    private const int RoundsBetweenAudits = 10;

    [Fact]
    public Task Forty_random_faults_leave_each_message_once_or_not_at_all() => RunAsync(rounds: 40, seed: Random.Shared.Next());

    [Fact]
    [Trait("Category", "Long")]
    public Task Five_hundred_random_faults_leave_each_message_once_or_not_at_all() => RunAsync(rounds: 500, seed: Random.Shared.Next());

    private async Task RunAsync(int rounds, int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < rounds;)
        {
            await system.ClearAsync();
            var users = new Dictionary<string, ObjectId>(StringComparer.Ordinal);
            for (var i = 0; i < Users; i++)
            {
                var name = FaultyDelivery.NewName();
                var user = users[$"{name}@example.test"] = await system.Host.AddUserAsync($"{name}@example.test");
                await (i switch
                {
                    0 => system.Host.UseOpenPgpAsync(user),
                    1 => system.Host.UseSmimeAsync(user),
                    _ => Task.CompletedTask,
                });
            }

            var sent = new List<Sent>();
            for (var last = round + RoundsBetweenAudits; round < last; round++)
            {
                sent.AddRange(await RunRoundAsync([.. users.Keys], round, random));
            }

            await system.SweepAsync();
            foreach (var message in sent)
            {
                await AssertOnceAsync(message, users, seed);
            }

            var problems = await system.ProblemsAsync();
            Assert.True(problems.Count == 0, $"seed {seed}, round {round}: {string.Join(Environment.NewLine, problems)}");
        }
    }

    private async Task<List<Sent>> RunRoundAsync(string[] addresses, int round, Random random)
    {
        var messages = Enumerable.Range(0, random.Next(1, MessagesAtOnce + 1))
            .Select(number => new Sent(
                $"round {round}, message {number}",
                NewMessage(round, number, random),
                [.. addresses.OrderBy(_ => random.Next()).Take(random.Next(1, Users + 1))],
                IsRetried: random.Next(3) > 0))
            .ToList();
        system.Proxy.Arm(new Fault(
            random.Next(MostWrites), (FaultMoment)random.Next(2), random.Next(4) == 0 ? FaultExtent.Outage : FaultExtent.OneConnection));
        await Task.WhenAll(messages.Select(message => DeliverAsync(message)));
        await system.RecoverAsync();

        // As an MTA does: later, and only to those for whom the message was not taken. An upload that another message
        // left behind is in the way until the sweeper has been there.
        await system.ExpireLeasesAsync();
        foreach (var message in messages.Where(message => message.IsRetried))
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    await DeliverAsync(message);
                    if (message.Left.Count > 0)
                    {
                        await system.SweepAsync();
                    }

                    return message.Left.Count == 0;
                },
                state: () => $"{message.Name} stays with {string.Join(", ", message.Answers)}");
        }

        return messages;
    }

    private async Task DeliverAsync(Sent message)
    {
        var transaction = DeliveryHost.NewTransaction();
        var accepted = new List<ResolvedRecipient>();
        foreach (var address in message.Left)
        {
            if (await system.Host.VerifyAsync(address, transaction) is { Recipient: { } recipient })
            {
                accepted.Add(recipient);
            }
        }

        if (accepted.Count > 0)
        {
            var outcomes = await system.Host.DeliverToAsync(transaction, message.Bytes, accepted);
            message.Note(accepted.Zip(outcomes, (recipient, outcome) => (recipient.Address, outcome)));
        }
    }

    private async Task AssertOnceAsync(Sent message, Dictionary<string, ObjectId> users, int seed)
    {
        foreach (var address in message.Recipients)
        {
            var copies = await system.CountMessagesAsync(users[address], message.Name);
            var least = message.Left.Contains(address) ? 0 : 1;
            Assert.True(copies >= least && copies <= 1, $"seed {seed}: {copies} copies of {message.Name} for {address}, {message.Answers[address]}");
        }
    }

    // No Message-ID: no look for duplicates hides a second copy.
    private static byte[] NewMessage(int round, int number, Random random) => Encoding.ASCII.GetBytes(
        $"From: author{random.Next(5)}@friend.test\r\nSubject: round {round}, message {number}\r\n" +
        "Content-Type: multipart/mixed; boundary=BB\r\n\r\n" +
        string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ =>
            $"--BB\r\nContent-Type: application/octet-stream\r\n\r\nattachment {random.Next(6)}\r\n")) +
        "--BB--\r\n");

    private sealed record Sent(string Name, byte[] Bytes, string[] Recipients, bool IsRetried)
    {
        public Dictionary<string, DeliveryOutcome> Answers { get; } = Recipients.ToDictionary(address => address, _ => default(DeliveryOutcome));

        /// <summary>Those who were not answered 250.</summary>
        public List<string> Left => [.. Recipients.Where(address => Answers[address].MessageId is null)];

        public void Note(IEnumerable<(string Address, DeliveryOutcome Outcome)> answers)
        {
            foreach (var (address, outcome) in answers)
            {
                Answers[address] = outcome;
            }
        }
    }
}
