using System.Text;
using System.Text.Json;

using Lmtp.Server.Storage.MessageDocuments;

using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Storage.MessageDocuments;

public sealed class RebuildTests
{
    [Fact]
    public Task Messages_are_rebuilt_as_WildDuck_sends_them() =>
        GoldenTests.AssertAllAsync(static async (golden, delivery) =>
        {
            var differences = new List<string>();
            var rebuilt = new MemoryStream();
            await new MessageRebuilder(new MemoryAttachments(delivery))
                .RebuildAsync(delivery.Document["mimeTree"].AsBsonDocument, rebuilt, TestContext.Current.CancellationToken);
            Compare(golden["rebuilt"].GetProperty("pop3"), rebuilt.ToArray(), "pop3", differences);
            Compare(golden["rebuilt"].GetProperty("imap"), CutOrPad(rebuilt.ToArray(), delivery.Document["size"].AsInt32), "imap", differences);
            return differences;
        });

    [Fact]
    public Task Received_bytes_are_recovered_exactly() =>
        GoldenTests.AssertAllAsync(static async (golden, delivery) =>
        {
            var cancellationToken = TestContext.Current.CancellationToken;
            var recovery = await MessageRestorer.CreateRecoveryAsync(delivery.Copy, cancellationToken);
            var document = new BsonDocument(delivery.Document) { { "lmtp", new BsonDocument("recovery", recovery) } };
            var restored = new MemoryStream();
            var fidelity = await new MessageRestorer(new MemoryAttachments(delivery)).RestoreAsync(document, restored, cancellationToken);
            var differences = new List<string>();
            if (fidelity != RestoredFidelity.Exact || Golden.Hex(restored.ToArray()) != golden.FedDigest)
            {
                differences.Add($"{fidelity}, {restored.Length} bytes");
            }

            return differences;
        });

    [Fact]
    public async Task Recovery_costs_little_over_the_whole_corpus()
    {
        long received = 0;
        long patches = 0;
        var patched = 0;
        foreach (var path in Corpus.Files())
        {
            var fed = Corpus.Feed(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            var delivery = await CorpusDelivery.RunAsync(fed);
            var recovery = await MessageRestorer.CreateRecoveryAsync(delivery.Copy, TestContext.Current.CancellationToken);
            received += fed.Length;
            if (recovery.TryGetValue("patch", out var patch))
            {
                patched++;
                patches += patch.AsByteArray.Length;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{patched} patches, {patches} bytes for {received} bytes received");
        Assert.True(patches < received / 100, $"{patches} bytes of patches for {received} bytes received");
    }

    [Fact]
    public async Task Recovery_of_a_large_message_holds_only_the_part_that_differs()
    {
        var line = new string('A', 76) + "\r\n";
        var large = string.Concat(Enumerable.Repeat(line, 50_000));
        var fed = Encoding.ASCII.GetBytes(
            "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/octet-stream\r\n\r\n" + large
            + "--x\r\n\r\na bare LF\nis not kept\r\n--x\r\nContent-Type: application/pdf\r\n\r\n" + large + "--x--\r\n");
        var delivery = await CorpusDelivery.RunAsync(fed);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        var creating = MessageRestorer.CreateRecoveryAsync(delivery.Copy, TestContext.Current.CancellationToken);

        Assert.True(creating.IsCompletedSuccessfully);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, fed.Length / 4);
        var recovery = await creating;
        Assert.InRange(recovery["patch"].AsByteArray.Length, 1, 200);
        var document = new BsonDocument(delivery.Document) { { "lmtp", new BsonDocument("recovery", recovery) } };
        var restored = new MemoryStream();
        var fidelity = await new MessageRestorer(new MemoryAttachments(delivery))
            .RestoreAsync(document, restored, TestContext.Current.CancellationToken);
        Assert.Equal(RestoredFidelity.Exact, fidelity);
        Assert.True(fed.AsSpan().SequenceEqual(restored.ToArray()));
    }

    private static void Compare(JsonElement expected, byte[] actual, string form, List<string> differences)
    {
        if (expected.GetProperty("sha256").GetString() != Golden.Hex(actual))
        {
            differences.Add($"{form}: expected {expected.GetProperty("bytes").GetInt32()} bytes, was {actual.Length}");
        }
    }

    private static byte[] CutOrPad(byte[] bytes, int length)
    {
        var form = new byte[length];
        Array.Fill(form, (byte)' ');
        bytes.AsSpan(0, Math.Min(bytes.Length, length)).CopyTo(form);
        return form;
    }
}
