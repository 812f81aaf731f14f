using System.Collections.Concurrent;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed;

public sealed class DatabaseCrashTests
{
    private const int Messages = 200;
    private const int Connections = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Every_message_answered_250_is_there_after_the_database_was_killed_amid_deliveries()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var system = await MailSystem.StartAsync(cancellationToken);
        using var http = system.CreateHttpClient();
        var api = new LmtpApiClient(http);
        var user = await api.CreateUserAsync(
            new CreateUserRequest { Username = "crash", Password = "correct horse battery", Address = "crash@example.com" },
            cancellationToken);
        var stored = new ConcurrentDictionary<string, byte[]>();
        var enoughStored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var senders = Enumerable.Range(0, Connections)
            .Select(number => SendShareAsync(system, number, stored, enoughStored, killed.Task, cancellationToken))
            .ToArray();
        await enoughStored.Task.WaitAsync(Patience, cancellationToken);
        await system.Mongo.KillAsync(cancellationToken);
        killed.SetResult();
        var storedBeforeRestart = stored.Count;
        await system.StartMongoAsync(cancellationToken);
        await Task.WhenAll(senders);

        Assert.True(storedBeforeRestart < Messages, "The database was killed too late to prove anything.");
        foreach (var (id, message) in stored)
        {
            Assert.Equal(message, await api.GetRawMessageAsync(user.Id, id, cancellationToken));
        }

        await AssertMailFlowsAgainAsync(system, cancellationToken);
    }

    private static async Task SendShareAsync(
        MailSystem system,
        int number,
        ConcurrentDictionary<string, byte[]> stored,
        TaskCompletionSource enoughStored,
        Task killed,
        CancellationToken cancellationToken)
    {
        await using var client = await LmtpClient.OpenAsync(system.Lmtp, cancellationToken);
        for (var index = 0; index < Messages / Connections; index++)
        {
            // However late this process is at killing, the last messages come afterwards.
            if (index == Messages / Connections * 9 / 10)
            {
                await killed;
            }

            var message = Message($"{number}-{index}");
            if (await TryDeliverAsync(client, message, cancellationToken) is { } id)
            {
                stored[id] = message;
            }

            if (stored.Count >= Messages / 3)
            {
                enoughStored.TrySetResult();
            }
        }
    }

    /// <summary>The stored message's id, or null where the server asked to come back later.</summary>
    private static async Task<string?> TryDeliverAsync(LmtpClient client, byte[] message, CancellationToken cancellationToken)
    {
        Assert.StartsWith("250", await client.CommandAsync("MAIL FROM:<sender@example.net>", cancellationToken), StringComparison.Ordinal);
        var reply = await client.CommandAsync("RCPT TO:<crash@example.com>", cancellationToken);
        if (reply.StartsWith("250", StringComparison.Ordinal))
        {
            Assert.StartsWith("354", await client.CommandAsync("DATA", cancellationToken), StringComparison.Ordinal);
            await client.SendAsync(LmtpClient.DotStuff(message), cancellationToken);
            reply = await client.ReadReplyAsync(cancellationToken);
        }

        if (reply.StartsWith("250", StringComparison.Ordinal))
        {
            return StoredReply.MessageId(reply);
        }

        Assert.StartsWith("451 4.3.0", reply, StringComparison.Ordinal);
        Assert.StartsWith("250", await client.CommandAsync("RSET", cancellationToken), StringComparison.Ordinal);
        return null;
    }

    private static async Task AssertMailFlowsAgainAsync(MailSystem system, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await using var client = await LmtpClient.OpenAsync(system.Lmtp, limit.Token);
        var message = Message("afterwards");
        while (await TryDeliverAsync(client, message, limit.Token) is null)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static byte[] Message(string name) => Encoding.ASCII.GetBytes(
        $"From: sender@example.net\r\nTo: crash@example.com\r\nSubject: {name}\r\nMessage-ID: <{name}@crash.example>\r\n\r\n{new string('x', 2000)}\r\n");
}
