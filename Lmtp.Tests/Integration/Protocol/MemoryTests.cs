using System.Security.Cryptography;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;
using ProcessClient = Lmtp.Tests.Processes.LmtpClient;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>The memory of a real server process under load, watched from outside.</summary>
public sealed class MemoryTests
{
    private const long Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Ten_thousand_idle_connections_take_less_than_100_MB()
    {
        const int connections = 10_000;
        await using var system = await MailSystem.StartAsync(Cancellation, new Dictionary<string, string?>
        {
            ["Lmtp__Limits__MaxConnections"] = $"{connections + 10}",
            ["Lmtp__Limits__MaxConnectionsPerClient"] = $"{connections + 10}",

            // What connections hold is measured, not how much garbage the collector lets lie: it may be 4 MB a heap.
            ["DOTNET_GCgen0size"] = "0x400000",
        });
        foreach (var client in await OpenAsync(system, 500))
        {
            await client.CommandAsync("QUIT", Cancellation);
            await client.DisposeAsync();
        }

        var before = ResidentMemory.Now(system.Server.Id);
        var clients = await OpenAsync(system, connections);
        var more = 0L;

        // What opening them has left behind is collected in its own time.
        await Eventually.TrueAsync(() => (more = ResidentMemory.Now(system.Server.Id) - before) < 100 * Megabyte, state: () => $"{more} bytes more");
        TestContext.Current.TestOutputHelper?.WriteLine($"{connections} connections: {more / (double)Megabyte:F1} MB more, {more / connections} bytes each");
        Assert.StartsWith("250", await clients[0].CommandAsync("NOOP", Cancellation), StringComparison.Ordinal);
        Assert.StartsWith("250", await clients[^1].CommandAsync("NOOP", Cancellation), StringComparison.Ordinal);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Many_slow_senders_leave_memory_for_others()
    {
        const int senders = 200;
        await using var system = await MailSystem.StartAsync(Cancellation, new Dictionary<string, string?>
        {
            ["Lmtp__Delivery__SpoolMemoryBudget"] = $"{Megabyte}",
        });
        using var http = system.CreateHttpClient();
        var user = await new LmtpApiClient(http).CreateUserAsync(
            new CreateUserRequest { Username = "patient", Name = "", Address = "patient@b.test" }, Cancellation);
        var slow = await OpenAsync(system, senders);
        foreach (var sender in slow)
        {
            await sender.CommandAsync("MAIL FROM:<>", Cancellation);
            await sender.CommandAsync("RCPT TO:<patient@b.test>", Cancellation);
            await sender.CommandAsync("DATA", Cancellation);
            await sender.SendAsync("x"u8.ToArray(), Cancellation);
        }

        await DeliverAsync(system, user, new LargeMessage(1, 2 * Megabyte, asAttachment: true));

        foreach (var sender in slow)
        {
            await sender.DisposeAsync();
        }
    }

    /// <summary>
    /// What the server may take beside itself: the budget, and for each message Kestrel's read buffer of 1 MB and the
    /// 2 MB of its text that are looked at: as characters, as filters compare them, as HTML, and as what of all that is
    /// garbage already. Neither grows with the messages, which have 1 GB together.
    /// </summary>
    [Fact]
    public async Task Twenty_messages_of_50_MB_at_once_are_delivered_within_a_budget_of_64_MB()
    {
        const int messages = 20;
        const long budget = 64 * Megabyte;
        const long bound = budget + (messages * 24 * Megabyte);
        await using var system = await MailSystem.StartAsync(Cancellation, new Dictionary<string, string?>
        {
            ["Lmtp__Delivery__SpoolMemoryBudget"] = $"{budget}",

            // What the messages need is measured, not how much garbage the collector lets lie (on one core it is more).
            // Who needs more than this is out of memory.
            ["DOTNET_GCHeapHardLimit"] = $"0x{bound:x}",
        });
        using var http = system.CreateHttpClient();
        var api = new LmtpApiClient(http);
        var users = new List<UserResponse>();
        for (var i = 0; i < messages; i++)
        {
            users.Add(await api.CreateUserAsync(new CreateUserRequest { Username = $"large{i}", Name = "", Address = $"large{i}@b.test" }, Cancellation));
        }

        await DeliverAsync(system, users[0], new LargeMessage(-1, Megabyte, asAttachment: true));
        var before = ResidentMemory.Now(system.Server.Id);
        var sent = await Task.WhenAll(users.Select(async (user, i) =>
        {
            var message = new LargeMessage(i, 50 * Megabyte, asAttachment: i % 2 == 0);
            return (User: user.Id, Message: await DeliverAsync(system, user, message), message.Digest);
        }));
        var more = ResidentMemory.Peak(system.Server.Id) - before;

        TestContext.Current.TestOutputHelper?.WriteLine($"{messages} messages at once: {more / (double)Megabyte:F1} MB more at the peak, {before / (double)Megabyte:F1} MB before");
        Assert.InRange(more, long.MinValue, bound);
        foreach (var item in sent)
        {
            var raw = await api.GetRawMessageAsync(item.User, item.Message, Cancellation);
            Assert.Equal(item.Digest, Convert.ToHexString(SHA256.HashData(raw)));
        }
    }

    /// <summary>Opens so many sessions, some at a time.</summary>
    private static async Task<ProcessClient[]> OpenAsync(MailSystem system, int count)
    {
        var clients = new ProcessClient[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation }, async (i, cancellationToken) =>
            clients[i] = await ProcessClient.OpenAsync(system.Lmtp, cancellationToken));
        return clients;
    }

    private static async Task<string> DeliverAsync(MailSystem system, UserResponse user, LargeMessage message)
    {
        await using var client = await LmtpClient.ConnectAsync(system.Lmtp.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO x");
        await client.AskAsync("MAIL FROM:<sender@a.test>");
        Assert.StartsWith("250", await client.AskAsync($"RCPT TO:<{user.Address}>"), StringComparison.Ordinal);
        Assert.StartsWith("354", await client.AskAsync("DATA"), StringComparison.Ordinal);
        await message.WriteAsync(client.Stream, Cancellation);
        var reply = await client.ReadReplyAsync();
        Assert.True(reply.StartsWith("250", StringComparison.Ordinal), $"{reply}\n{system.Server.Output}");
        return StoredReply.MessageId(reply);
    }
}
