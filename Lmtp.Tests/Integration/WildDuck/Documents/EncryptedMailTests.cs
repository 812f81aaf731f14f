using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Tests.Integration.Delivery.Encrypted;
using Lmtp.Tests.Integration.WildDuck.Imap;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>Mail that is encrypted when it is stored, at our server and at WildDuck's.</summary>
[Collection(WildDuckGroup.Name)]
public sealed partial class EncryptedMailTests(WildDuckSystem system)
{
    // Of the delivery itself, and what only our documents have.
    private static readonly HashSet<string> LeftOut =
        ["_id", "root", "idate", "retentionTime", "magic", "meta", "mailbox", "user", "thread", "lmtp", "fileContentHash"];

    private static readonly HashSet<string> OfTheCiphertext = ["size", "sizeKb", "lines", "body", "bodystructure", "attachmentMap"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openpgp")]
    [InlineData("smime")]
    [InlineData("smime-gcm")]
    public async Task Stored_document_has_the_shape_of_what_WildDuck_stores_and_its_IMAP_serves_it(string kind)
    {
        await system.RequireAsync();
        var name = WildDuckSystem.NewName("secret");
        var address = $"{name}@example.com";
        var ours = await CreateAsync(system.Served, name, address, kind);
        var theirs = await CreateAsync(system.Reference, name, address, kind);
        var message = NewMail.Create("a secret");

        await DeliverAsync(system.Mail.Lmtp, address, message);
        await DeliverAsync(system.Reference.Lmtp, address, message);

        var stored = Assert.Single(await system.Served.FindAsync("messages", new BsonDocument("user", ours)));
        var expected = Assert.Single(await system.Reference.FindAsync("messages", new BsonDocument("user", theirs)));
        DocumentDifferences.AssertNone([Shape(expected).AsBsonDocument], [Shape(stored).AsBsonDocument]);
        Assert.Equal(
            stored["size"].ToInt64(),
            Assert.Single(await system.Served.FindAsync("users", new BsonDocument("_id", ours)))["storageUsed"].ToInt64());

        var served = await FetchAsync(name);
        var plain = await (kind == "openpgp" ? ReaderKeys.ReadOpenPgpAsync(served) : ReaderKeys.ReadSmimeAsync(served));
        Assert.Equal(
            $"Delivered-To: {address}\r\nReturn-Path: <{NewMail.Sender}>\r\n{Encoding.ASCII.GetString(message)}", plain);
    }

    private static async Task<ObjectId> CreateAsync(WildDuckServer server, string name, string address, string kind)
    {
        var id = ObjectId.Parse(await server.Api.CreateUserAsync(name, address, "A Reader"));
        var fields = kind == "openpgp"
            ? new BsonDocument("pubKey", ReaderKeys.OpenPgp)
            : new BsonDocument { { "smimeCerts", new BsonArray { ReaderKeys.Smime } }, { "smimeCipher", kind == "smime" ? "AES-CBC" : "AES-GCM" } };
        await server.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", id),
            new BsonDocument("$set", fields.Add("encryptMessages", true)),
            cancellationToken: Token);
        return id;
    }

    private static async Task DeliverAsync(IPEndPoint server, string address, byte[] message) =>
        Assert.Contains("Message stored as", await NewMail.DeliverAsync(server, address, message), StringComparison.Ordinal);

    private async Task<string> FetchAsync(string name)
    {
        await using var imap = await ImapClient.LoginAsync(system.Served.Imap, name, WildDuckApi.Password);
        await imap.CommandAsync("SELECT INBOX");
        return Encoding.Latin1.GetString(((ImapString)(await imap.FetchAsync("1", "BODY.PEEK[]"))[1]["BODY[]"]).Bytes);
    }

    // What is random, and what the length of the ciphertext decides, is compared by its type.
    private static BsonValue Shape(BsonValue value, bool isCiphertext = false) => value switch
    {
        BsonDocument document => new BsonDocument(document.Elements
            .Where(element => !LeftOut.Contains(element.Name))
            .Select(element => new BsonElement(element.Name, Shape(element.Value, isCiphertext || OfTheCiphertext.Contains(element.Name))))),
        BsonArray array => new BsonArray(array.Select(item => Shape(item, isCiphertext))),
        BsonString text => Boundary().Replace(GeneratedName().Replace(text.Value, "generated"), "boundary"),
        { IsNumeric: true } or BsonBinaryData when isCiphertext => value.BsonType.ToString(),
        _ => value,
    };

    [GeneratedRegex("nm_[0-9a-f]{28}")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"^[0-9a-f]{8}(?=\.)")]
    private static partial Regex GeneratedName();
}
