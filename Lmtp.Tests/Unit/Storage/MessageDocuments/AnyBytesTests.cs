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
    public async Task Any_structure_in_any_chunking_gives_the_same_document_and_is_recovered()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"LMTP_TEST_SEED={_seed}");
        var structures = new RandomStructures(_seed);
        var random = new Random(_seed);
        for (var number = 0; number < Messages / 10; number++)
        {
            var bytes = structures.Next();
            var whole = await CorpusDelivery.RunAsync(bytes);
            var pieces = await CorpusDelivery.RunAsync(bytes, random.Next(1, 400));
            Assert.True(whole.Document.Equals(pieces.Document), $"seed {_seed}, structure {number}: {Convert.ToBase64String(bytes)}");
            await AssertRecoveredAsync(pieces, bytes, number);
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
            await AssertRecoveredAsync(await CorpusDelivery.RunAsync(bytes), bytes, number);
        }
    }

    private async Task AssertRecoveredAsync(CorpusDelivery delivery, byte[] bytes, int number)
    {
        var recovery = await MessageRestorer.CreateRecoveryAsync(delivery.Copy, TestContext.Current.CancellationToken);
        var document = new BsonDocument(delivery.Document) { { "lmtp", new BsonDocument("recovery", recovery) } };
        var restored = new MemoryStream();
        var fidelity = await new MessageRestorer(new MemoryAttachments(delivery))
            .RestoreAsync(document, restored, TestContext.Current.CancellationToken);
        Assert.True(
            fidelity == RestoredFidelity.Exact && restored.ToArray().AsSpan().SequenceEqual(bytes),
            $"seed {_seed}, message {number}, {fidelity}: {Convert.ToBase64String(bytes)}");
    }
}
