using System.Text.Json;

namespace Lmtp.Tests.Unit.Storage.MessageDocuments;

public sealed class GoldenTests
{
    // Made from the session and the database, which are not part of what is compared here.
    private static readonly string[] DeliveryFields = ["meta"];

    [Fact]
    public Task Stored_documents_equal_those_of_WildDuck() =>
        AssertAllAsync(static (golden, delivery) =>
        {
            var stored = golden["stored"];
            var differences = Golden.Differences(stored, delivery.Document, "", DeliveryFields);

            // The thread is an id that the database gives out.
            differences.RemoveAll(static difference => difference.StartsWith(".thread:", StringComparison.Ordinal));
            return differences;
        });

    [Fact]
    public Task Attachment_files_equal_those_of_WildDuck() =>
        AssertAllAsync(static (golden, delivery) =>
        {
            var differences = new List<string>();
            var expected = golden["attachmentFiles"].EnumerateArray().ToList();
            if (expected.Count != delivery.Files.Count)
            {
                differences.Add($"expected {expected.Count} files, was {delivery.Files.Count}");
                return differences;
            }

            for (var index = 0; index < expected.Count; index++)
            {
                differences.AddRange(CompareFile(expected[index], delivery, index));
            }

            return differences;
        });

    private static IEnumerable<string> CompareFile(JsonElement expected, CorpusDelivery delivery, int index)
    {
        var file = delivery.Files[index];
        var document = expected.TryGetProperty("file", out var inner) ? inner : expected;
        foreach (var difference in Golden.Differences(document, file, $"file {index}", "data"))
        {
            yield return difference;
        }

        var data = delivery.Data[Convert.ToBase64String(file["_id"].AsByteArray)];
        if (expected.TryGetProperty("data", out var stored) && stored.GetProperty("sha256").GetString() != Golden.Hex(data))
        {
            yield return $"file {index}: other data, {data.Length} bytes";
        }
    }

    private static Task AssertAllAsync(Func<Golden, CorpusDelivery, List<string>> compare) =>
        AssertAllAsync((golden, delivery) => Task.FromResult(compare(golden, delivery)));

    /// <summary>Stores every corpus message and shows all that differ from what WildDuck made of them.</summary>
    internal static async Task AssertAllAsync(Func<Golden, CorpusDelivery, Task<List<string>>> compare)
    {
        var output = TestContext.Current.TestOutputHelper;
        var files = Corpus.Files();
        var different = new List<string>();
        foreach (var path in files)
        {
            var golden = Golden.Read(path);
            var fed = Corpus.Feed(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal(golden.FedDigest, Golden.Hex(fed));
            var differences = await compare(golden, await CorpusDelivery.RunAsync(fed));
            if (differences.Count > 0)
            {
                different.Add($"{Path.GetFileName(path)}:\n   {string.Join("\n   ", differences.Take(5))}");
            }
        }

        output?.WriteLine($"{files.Count - different.Count} of {files.Count} equal");
        Assert.True(different.Count == 0, $"{different.Count} of {files.Count} differ:\n{string.Join('\n', different)}");
    }
}
