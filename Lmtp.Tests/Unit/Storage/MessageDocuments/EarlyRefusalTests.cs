using Lmtp.Benchmarks.Mime;
using Lmtp.Server.Mime;

using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Storage.MessageDocuments;

/// <summary>A message is refused before it has been parsed only when its document would be refused too.</summary>
public sealed class EarlyRefusalTests
{
    private const int MaxDocumentBytes = 1024 * 1024;

    private static readonly int[] Sizes = [60_000, 120_000, 200_000, 280_000, 400_000, 600_000];

    // Parts of a message in a message that was cut off are parsed, but WildDuck does not look into it then. So many of
    // them are refused because of the memory that they take.
    private static readonly string[] CutOff = ["delimiters in nested messages", "look-alikes in nested messages"];

    public static TheoryData<string> Names => [.. HostileMessages.All.Select(static sample => sample.Name).Except(CutOff)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_refused_early_would_not_fit_into_a_document(string name)
    {
        var create = HostileMessages.All.Single(sample => sample.Name == name).Create;
        foreach (var size in Sizes)
        {
            var fed = create(size);
            using var message = await IndexAsync(fed, new MessageIndexerOptions { MaxDocumentBytes = MaxDocumentBytes });
            if (message.Fault != MessageFault.TooLarge)
            {
                continue;
            }

            var document = (await CorpusDelivery.RunAsync(await IndexAsync(fed, new MessageIndexerOptions()))).Document;

            Assert.True(document.ToBson().Length > MaxDocumentBytes, $"{size} bytes make a document of {document.ToBson().Length}");
            return;
        }
    }

    private static async Task<IndexedMessage> IndexAsync(byte[] fed, MessageIndexerOptions options)
    {
        using var indexer = new MessageIndexer(options, static () => 0);
        indexer.Write(fed);
        return await indexer.CompleteAsync(new MemoryMessageSource(fed), TestContext.Current.CancellationToken);
    }
}
