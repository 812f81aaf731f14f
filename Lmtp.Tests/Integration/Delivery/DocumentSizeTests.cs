using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>What the database cannot hold is refused for the recipient for whom that is so, and leaves nothing.</summary>
public sealed class DocumentSizeTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Short = "a@example.test";

    // Far less than a large message differs by from recipient to recipient, far more than its numbers take.
    private const int Margin = 10_000;

    [Fact]
    public async Task Document_over_16_MiB_is_refused_for_the_recipient_who_makes_it_so()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync(Short);
        await host.AddUserAsync("bob@example.test");
        var body = await LongestBodyAsync(host) - Margin;

        var outcomes = await host.DeliverAsync(Message("both", body), Short, $"bob+{new string('t', 2 * Margin)}@example.test");

        Assert.Equal([DeliveryStatus.Stored, DeliveryStatus.MessageTooLarge], outcomes.Select(outcome => outcome.Status));
        await AssertNothingOfBobAsync(host);
    }

    [Theory]
    [InlineData(-Margin, DeliveryStatus.Stored)]
    [InlineData(Margin, DeliveryStatus.MessageTooLarge)]
    public async Task Document_is_stored_up_to_16_MiB(int beyond, DeliveryStatus expected)
    {
        await using var host = await StartAsync();
        await host.AddUserAsync(Short);
        var body = await LongestBodyAsync(host) + beyond;
        Assert.Equal(expected, Assert.Single(await host.DeliverAsync(Message("some", body), Short)).Status);
    }

    private static async Task<int> LongestBodyAsync(DeliveryHost host)
    {
        const int Probe = 1_000_000;
        var outcome = Assert.Single(await host.DeliverAsync(Message("test", Probe), Short));
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        var document = Assert.Single(await host.FindAsync("messages", $"{{ _id: ObjectId('{outcome.MessageId}') }}"));
        return Probe + DocumentLimits.MaxBytes - document.ToBson().Length;
    }

    // What stands before the first part stays in the document. The names are of one length, so that the documents differ
    // by it only.
    private static string Message(string name, int length) => new StringBuilder()
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"Message-ID: <{name}@friend.test>\r\n")
        .Append("Content-Type: multipart/mixed; boundary=b\r\n\r\n")
        .Append('x', length)
        .Append("\r\n--b\r\n\r\ntext\r\n--b--\r\n")
        .ToString();

    private static async Task AssertNothingOfBobAsync(DeliveryHost host)
    {
        var bob = (await host.FindAsync("users", "{ username: 'bob' }")).Single();
        Assert.Equal(0, bob["storageUsed"].ToInt64());
        Assert.Empty(bob.GetValue("lmtp", new BsonDocument()).AsBsonDocument.GetValue("pending", new BsonArray()).AsBsonArray);
        Assert.Empty(await host.FindAsync("messages", $"{{ user: ObjectId('{bob["_id"]}') }}"));
        Assert.Empty(await host.FindAsync("journal", $"{{ user: ObjectId('{bob["_id"]}') }}"));
    }

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("size"));
}
