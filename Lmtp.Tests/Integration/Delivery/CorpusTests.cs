using System.Collections.Concurrent;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery;

public sealed class CorpusTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    [Fact]
    public async Task Every_message_comes_back_byte_for_byte()
    {
        var folder = SharedData.RequireDirectory("corpus/eml");
        await using var host = await DeliveryHost.StartAsync(
            mongo, EmbeddedMongoFixture.NewName("corpus"), ("Lmtp:Delivery:SuppressDuplicates", "false"));
        var user = await host.AddUserAsync("alice@example.test");
        var different = new ConcurrentBag<string>();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = 4,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        await Parallel.ForEachAsync(Directory.EnumerateFiles(folder), parallel, async (file, cancellationToken) =>
        {
            var sent = await File.ReadAllBytesAsync(file, cancellationToken);
            var outcome = (await host.DeliverAsync(DeliveryHost.NewTransaction(), sent, "alice@example.test")).Single();
            var kept = outcome.Status == DeliveryStatus.Stored
                ? await host.Get<MessageStore>().GetRawAsync(user, ObjectId.Parse(outcome.MessageId), cancellationToken)
                : null;
            if (kept is null || !sent.AsSpan().SequenceEqual(kept))
            {
                different.Add($"{Path.GetFileName(file)}: {outcome.Status}");
            }
        });
        Assert.Empty(different);
    }
}
