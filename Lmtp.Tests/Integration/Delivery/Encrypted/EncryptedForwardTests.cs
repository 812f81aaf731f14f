using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery.Outgoing;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Encrypted;

/// <summary>What is forwarded or redirected encrypted, and what is not.</summary>
public sealed class EncryptedForwardTests(EmbeddedMongoFixture mongo) : EncryptedMailScene(mongo), IClassFixture<EmbeddedMongoFixture>
{
    [Fact]
    public async Task Forward_is_encrypted_while_the_stored_copy_stays_as_it_came()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.SetAsync(user, new BsonDocument { { "encryptForwarded", true }, { "pubKey", ReaderKeys.OpenPgp } });
        await ForwardingTests.SetTargetsAsync(host, user, ("mail", "x@y.test"));
        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal("multipart/mixed", await ContentTypeAsync(host));
        var plain = await ReaderKeys.ReadOpenPgpAsync(await ForwardedAsync(host));
        Assert.EndsWith(Message, plain, StringComparison.Ordinal);
        var forward = Assert.Single((await EntryAsync(host)).Outgoing);
        Assert.Equal(("openpgp", null), (forward.Encryption, forward.Reason));
        Assert.All(await ClaimsAsync(host), claim => Assert.False(claim["plan"].AsBsonDocument.Contains("encryptionSeed")));
    }

    [Fact]
    public async Task Forward_and_stored_copy_are_both_encrypted_where_both_are_asked_for()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.UseSmimeAsync(user);
        await host.SetAsync(user, new BsonDocument("encryptForwarded", true));
        await ForwardingTests.SetTargetsAsync(host, user, ("mail", "x@y.test"));
        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal("application/pkcs7-mime", await ContentTypeAsync(host));
        Assert.EndsWith(Message, await ReaderKeys.ReadSmimeAsync(await ForwardedAsync(host)), StringComparison.Ordinal);
        await AssertCountsAsync(host);
    }

    [Fact]
    public async Task Redirected_message_goes_out_encrypted_and_is_stored_nowhere()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.SetAsync(user, new BsonDocument { { "encryptForwarded", true }, { "encryptMessages", true }, { "pubKey", ReaderKeys.OpenPgp } });
        await AddRedirectAsync(host, user);
        Assert.Equal(DeliveryStatus.Forwarded, await StatusAsync(host, Message));
        Assert.Empty(await host.FindAsync("messages"));
        Assert.Contains("BEGIN PGP MESSAGE", await ForwardedAsync(host), StringComparison.Ordinal);
        Assert.Null((await EntryAsync(host)).Encryption);
    }

    [Fact]
    public async Task Redirected_message_that_cannot_be_encrypted_is_kept_and_not_forwarded()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await BreakKeyAsync(host, user, "encryptForwarded");
        await AddRedirectAsync(host, user);
        Assert.Equal(DeliveryStatus.Stored, await StatusAsync(host, Message));
        Assert.Empty(await ForwardingTests.FilesAsync(host));
        Assert.StartsWith("it could not be encrypted: ", Assert.Single((await EntryAsync(host)).Outgoing).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dropped_message_is_forwarded_encrypted()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.SetAsync(user, new BsonDocument { { "encryptForwarded", true }, { "pubKey", ReaderKeys.OpenPgp } });
        await AddFilterAsync(host, user, "{ }", "{ delete: true, targets: [{ type: 'mail', value: 'x@y.test' }] }");
        Assert.Equal(DeliveryStatus.Dropped, await StatusAsync(host, Message));
        Assert.Contains("BEGIN PGP MESSAGE", await ForwardedAsync(host), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(30, 0)]
    public async Task Marks_of_a_circle_count_though_they_are_encrypted(int received, int forwards)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.SetAsync(user, new BsonDocument { { "encryptForwarded", true }, { "pubKey", ReaderKeys.OpenPgp } });
        await ForwardingTests.SetTargetsAsync(host, user, ("mail", "x@y.test"));
        var trace = string.Concat(Enumerable.Range(0, received).Select(i => $"Received: from a{i} by b{i}; Mon, 06 May 2024 12:34:56 +0300\r\n"));
        Assert.Equal(DeliveryStatus.Stored, await StatusAsync(host, $"{trace}Subject: x\r\n\r\nbody\r\n"));
        Assert.Equal(forwards, (await ForwardingTests.FilesAsync(host)).Count);
    }

    private static async Task<string> ForwardedAsync(DeliveryHost host)
    {
        var header = Assert.Single(await ForwardingTests.FilesAsync(host))["metadata"]["data"]["headers"].AsBsonArray;
        var chunks = await host.Get<MailDatabase>().QueueChunks
            .Find(FilterDefinition<BsonDocument>.Empty).Sort(Builders<BsonDocument>.Sort.Ascending("n")).ToListAsync(Token);
        return string.Concat(header.Select(field => $"{field["line"].AsString}\r\n")) + "\r\n" +
            Encoding.Latin1.GetString([.. chunks.SelectMany(chunk => chunk["data"].AsByteArray)]);
    }

    private static Task AddRedirectAsync(DeliveryHost host, ObjectId user) =>
        AddFilterAsync(host, user, "{ }", "{ }", "{ actions: { redirect: ['x@y.test'] } }");
}
