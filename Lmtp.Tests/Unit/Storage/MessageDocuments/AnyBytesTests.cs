using System.Globalization;

using Lmtp.Server.Storage.MessageDocuments;
using Lmtp.Tests.Unit.Mime;

using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Storage.MessageDocuments;

public sealed class AnyBytesTests
{
    private const int Messages = 3000;

    private readonly int _seed = Environment.GetEnvironmentVariable("LMTP_TEST_SEED") is { } seed
        ? int.Parse(seed, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    [Fact]
    public async Task Any_chunking_gives_the_same_document()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"LMTP_TEST_SEED={_seed}");
        var random = new RandomMessages(_seed);
        for (var number = 0; number < Messages; number++)
        {
            var bytes = random.Next();
            var whole = await CorpusDelivery.RunAsync(bytes);
            var pieces = await CorpusDelivery.RunAsync(bytes, random.NextChunkSize());
            Assert.True(whole.Document.Equals(pieces.Document), $"seed {_seed}, message {number}: {Convert.ToBase64String(bytes)}");
        }
    }

    [Fact]
    public async Task Any_bytes_are_recovered_exactly()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"LMTP_TEST_SEED={_seed}");
        var random = new RandomMessages(_seed);
        for (var number = 0; number < Messages; number++)
        {
            var bytes = random.Next();
            var delivery = await CorpusDelivery.RunAsync(bytes);
            var recovery = await MessageRestorer.CreateRecoveryAsync(delivery.Copy, TestContext.Current.CancellationToken);
            var document = new BsonDocument(delivery.Document) { { "lmtp", new BsonDocument("recovery", recovery) } };
            var restored = await new MessageRestorer(new MemoryAttachments(delivery)).RestoreAsync(document, TestContext.Current.CancellationToken);
            Assert.True(
                restored.Fidelity == RestoredFidelity.Exact && restored.Bytes.AsSpan().SequenceEqual(bytes),
                $"seed {_seed}, message {number}, {restored.Fidelity}: {Convert.ToBase64String(bytes)}");
        }
    }
}
