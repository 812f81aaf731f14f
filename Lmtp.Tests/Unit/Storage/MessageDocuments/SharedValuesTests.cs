using Lmtp.Server.Mime;
using Lmtp.Server.Storage.MessageDocuments;

using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Storage.MessageDocuments;

public sealed class SharedValuesTests
{
    private static readonly ObjectId Id = ObjectId.Parse("65937d250000000000000001");

    [Fact]
    public async Task Documents_of_all_recipients_have_the_same_parts_and_headers_of_their_own()
    {
        using var message = await CorpusDelivery.IndexAsync(
            "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: a/b\r\n\r\ndata\r\n--b--\r\n"u8.ToArray());

        var first = Build(message, "a@example.com");
        var second = Build(message, "b@example.com");

        Assert.Same(first["mimeTree"]["childNodes"], second["mimeTree"]["childNodes"]);
        Assert.Same(first["bodystructure"], second["bodystructure"]);
        Assert.Equal("<a@example.com>", first["mimeTree"]["parsedHeader"]["delivered-to"].AsString);
        Assert.Equal("<b@example.com>", second["mimeTree"]["parsedHeader"]["delivered-to"].AsString);
    }

    private static BsonDocument Build(IndexedMessage message, string recipient) => new MessageDocumentBuilder().Build(new MessageFields
    {
        Id = Id,
        Copy = MessageCopy.Create(message, recipient, "sender@example.net", isFirst: true),
        InternalDate = DateTime.UnixEpoch,
        Meta = [],
        Magic = 1,
        Mailbox = Id,
        User = Id,
        Uid = 1,
        ModSeq = 1,
        Thread = Id,
    });
}
