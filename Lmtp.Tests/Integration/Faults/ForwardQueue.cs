using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery.Outgoing;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>The queue that forwards wait in, between one test of a fault and the next.</summary>
internal sealed class ForwardQueue(FaultyDelivery system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Forgets everything that was stored or waits to be sent.</summary>
    public async Task ClearAsync()
    {
        await system.ClearAsync();
        var database = system.Host.Get<MailDatabase>();
        foreach (var collection in new[] { database.QueueEntries, database.QueueFiles, database.QueueChunks })
        {
            await collection.DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, Token);
        }
    }

    /// <summary>
    /// Looks whether every file has its entry and every chunk its file, so that ZoneMTA takes all of it away in the end, and
    /// whether what is stored is whole.
    /// </summary>
    public async Task AssertNothingLeftAsync()
    {
        Assert.Empty(await system.ProblemsAsync());
        var ids = (await ForwardingTests.EntriesAsync(system.Host)).Select(entry => $"message {entry["id"]}").ToHashSet();
        var files = await ForwardingTests.FilesAsync(system.Host);
        Assert.All(files, file => Assert.Contains(file["filename"].AsString, ids));
        var chunks = await system.Host.Get<MailDatabase>().QueueChunks.Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(Token);
        Assert.All(chunks, chunk => Assert.Contains(files, file => file["_id"] == chunk["files_id"]));
    }
}
