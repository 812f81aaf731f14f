using System.Net;
using System.Text;
using Lmtp.Server.Protocol;
using Lmtp.Server.Storage;
using Lmtp.Tests.Processes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Outgoing;

/// <summary>
/// A small stand-in for ZoneMTA and the MTAs behind it: takes what is in the queues of servers and hands each message over
/// LMTP to the server of the recipient's domain, with a Received header more.
/// </summary>
internal sealed class QueueRelay(IReadOnlyDictionary<string, DeliveryHost> servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What was handed over: envelope sender, recipient, and the whole message.</summary>
    public List<(string Sender, string Recipient, string Message)> Relayed { get; } = [];

    /// <summary>Whether replies travel as those of careless software: with a sender and without a mark.</summary>
    public bool IsCareless { get; init; }

    /// <summary>Relays until nothing is left.</summary>
    public async Task RunAsync()
    {
        while (await RelayAllAsync() > 0)
        {
        }
    }

    private async Task<int> RelayAllAsync()
    {
        var count = 0;
        foreach (var host in servers.Values)
        {
            var database = host.Get<MailDatabase>();
            foreach (var entry in await ForwardingTests.EntriesAsync(host))
            {
                var file = await database.QueueFiles
                    .Find(Builders<BsonDocument>.Filter.Eq("filename", $"message {entry["id"]}")).SingleAsync(Token);
                await RelayAsync(database, entry, file);
                await database.QueueEntries.DeleteOneAsync(Builders<BsonDocument>.Filter.Eq("_id", entry["_id"]), Token);
                count++;
            }
        }

        return count;
    }

    private async Task RelayAsync(MailDatabase database, BsonDocument entry, BsonDocument file)
    {
        var data = file["metadata"]["data"].AsBsonDocument;
        var chunks = await database.QueueChunks
            .Find(Builders<BsonDocument>.Filter.Eq("files_id", file["_id"]))
            .Sort(Builders<BsonDocument>.Sort.Ascending("n"))
            .ToListAsync(Token);
        var lines = data["headers"].AsBsonArray.Select(header => header["line"].AsString)
            .Where(line => !IsCareless || !line.StartsWith("Auto-Submitted", StringComparison.Ordinal));
        var message = $"Received: from queue by relay; {DateTimeOffset.UtcNow:R}\r\n{string.Join("\r\n", lines)}\r\n\r\n"
            + Encoding.Latin1.GetString([.. chunks.SelectMany(chunk => chunk["data"].AsByteArray)]);
        var sender = data["from"].AsString.Length > 0 || !IsCareless
            ? data["from"].AsString
            : data["parsedEnvelope"]["from"].AsString;
        var recipient = entry["recipient"].AsString;
        Relayed.Add((sender, recipient, message));
        await HandOverAsync(sender, recipient, Encoding.Latin1.GetBytes(message));
    }

    /// <summary>Hands a message to the server of the recipient.</summary>
    public async Task HandOverAsync(string sender, string recipient, byte[] message)
    {
        var server = servers[recipient[(recipient.IndexOf('@', StringComparison.Ordinal) + 1)..]];
        var port = server.Get<ILmtpServerState>().Listeners.First(listener => listener.Transport == "tcp").Port!.Value;
        await using var client = await LmtpClient.OpenAsync(new IPEndPoint(IPAddress.Loopback, port), Token);
        var replies = await client.DeliverAsync(sender, [recipient], message, Token);
        Assert.StartsWith("250", Assert.Single(replies), StringComparison.Ordinal);
    }
}
