using System.Globalization;
using System.Text;

using Lmtp.Server.Mime;
using Lmtp.Server.Storage.MessageDocuments;

using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Storage.MessageDocuments;

public sealed class LimitTests
{
    private const int DeepestNesting = 47;
    private const int MaxInlineText = 300 * 1024;

    [Fact]
    public async Task Deepest_nesting_that_the_database_takes_is_stored()
    {
        var delivery = await CorpusDelivery.RunAsync(Nested(DeepestNesting));

        Assert.Equal(MessageFault.None, delivery.Message.Fault);
        Assert.Equal(MessageFault.None, DocumentLimits.Check(delivery.Document));
    }

    [Theory]
    [InlineData(DeepestNesting + 1)]
    [InlineData(20_000)]
    public async Task Deeper_nesting_is_reported(int levels)
    {
        var message = await CorpusDelivery.IndexAsync(Nested(levels));

        Assert.Equal(MessageFault.TooDeep, message.Fault);
    }

    [Theory]
    [InlineData(1, 1, MessageFault.None)]
    [InlineData(1, 2, MessageFault.TooDeep)]
    [InlineData(10, 10, MessageFault.None)]
    [InlineData(10, 11, MessageFault.TooDeep)]
    [InlineData(MessageIndexerOptions.MaxNesting, DeepestNesting, MessageFault.None)]
    [InlineData(MessageIndexerOptions.MaxNesting, DeepestNesting + 1, MessageFault.TooDeep)]
    public async Task Nesting_can_be_limited_further(int limit, int levels, MessageFault expected)
    {
        var fed = Nested(levels);
        using var indexer = new MessageIndexer(MessageIndexerOptions.ForNesting(limit));
        indexer.Write(fed);

        var message = await indexer.CompleteAsync(new MemoryMessageSource(fed), TestContext.Current.CancellationToken);

        Assert.Equal(expected, message.Fault);
    }

    [Theory]
    [InlineData(DeepestNesting, MessageFault.None)]
    [InlineData(DeepestNesting + 1, MessageFault.TooDeep)]
    public async Task Nesting_is_limited_exactly_where_the_database_would_refuse_the_document(int levels, MessageFault expected)
    {
        var fed = Nested(levels);
        using var indexer = new MessageIndexer(new MessageIndexerOptions { MaxDocumentDepth = 2 * DocumentLimits.MaxDepth });
        indexer.Write(fed);
        var message = await indexer.CompleteAsync(new MemoryMessageSource(fed), TestContext.Current.CancellationToken);

        Assert.Equal(MessageFault.None, message.Fault);
        Assert.Equal(expected, DocumentLimits.Check((await CorpusDelivery.RunAsync(message)).Document));
    }

    [Fact]
    public async Task Messages_nested_in_messages_without_end_are_reported()
    {
        var message = await CorpusDelivery.IndexAsync(Repeat("Content-Type: message/rfc822\r\n\r\n", 50_000));

        Assert.Equal(MessageFault.TooDeep, message.Fault);
    }

    [Theory]
    [InlineData("X: y\r\n", 4_000_000)]
    [InlineData("--b\r\n", 4_000_000)]
    public async Task More_than_a_document_holds_is_reported(string line, int count)
    {
        var message = await CorpusDelivery.IndexAsync(
            [.. "Content-Type: multipart/mixed; boundary=b\r\n"u8, .. line[0] == '-' ? "\r\n"u8 : [], .. Repeat(line, count)]);

        Assert.Equal(MessageFault.TooLarge, message.Fault);
    }

    [Theory]
    [InlineData(MaxInlineText, 0)]
    [InlineData(MaxInlineText + 1, 1)]
    public async Task Inline_text_leaves_the_document_above_its_limit(int length, int attachments)
    {
        var message = await CorpusDelivery.IndexAsync([.. "\r\n"u8, .. Repeat("x", length)]);

        Assert.Equal(attachments, message.Attachments.Count);
        Assert.DoesNotContain(message.Attachments, static attachment => attachment.IsListed);
    }

    [Fact]
    public async Task Ten_thousand_parts_are_stored_and_recovered()
    {
        var parts = new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (var part = 0; part < 10_000; part++)
        {
            parts.Append(CultureInfo.InvariantCulture, $"--b\r\nContent-Type: text/plain\r\n\r\npart {part}\r\n");
        }

        var bytes = Encoding.ASCII.GetBytes(parts.Append("--b--\r\n").ToString());
        var delivery = await CorpusDelivery.RunAsync(bytes);

        Assert.Equal(MessageFault.None, DocumentLimits.Check(delivery.Document));
        Assert.Equal(10_000, delivery.Document["mimeTree"]["childNodes"].AsBsonArray.Count);
    }

    [Fact]
    public void A_document_over_16_MiB_is_reported()
    {
        var fitting = new BsonDocument("data", new BsonBinaryData(new byte[DocumentLimits.MaxBytes - 16]));
        var larger = new BsonDocument("data", new BsonBinaryData(new byte[DocumentLimits.MaxBytes - 15]));

        Assert.Equal(DocumentLimits.MaxBytes, fitting.ToBson().Length);
        Assert.Equal(MessageFault.None, DocumentLimits.Check(fitting));
        Assert.Equal(MessageFault.TooLarge, DocumentLimits.Check(larger));
    }

    [Fact]
    public async Task Later_recipients_lose_trace_fields_at_the_top_and_are_recovered_still()
    {
        var bytes = "Delivered-To: old@example.com\r\nReturn-Path: <old@example.net>\r\nSubject: x\r\n\r\ntext\r\n"u8.ToArray();
        var message = await CorpusDelivery.IndexAsync(bytes);
        var cancellationToken = TestContext.Current.CancellationToken;

        var first = MessageCopy.Create(message, "a@example.com", "", isFirst: true);
        var second = MessageCopy.Create(message, "b@example.com", "", isFirst: false);

        Assert.Equal(5, first.Header.Count);
        Assert.Equal(["Delivered-To: b@example.com", "Return-Path: <>", "Subject: x"], second.Header.Select(static field => field.BinaryText));
        Assert.False((await MessageRestorer.CreateRecoveryAsync(first, cancellationToken)).Contains("patch"));
        Assert.True((await MessageRestorer.CreateRecoveryAsync(second, cancellationToken)).Contains("patch"));
    }

    [Theory]
    [InlineData(1, 1000, 3000, MessageFault.None)]
    [InlineData(1, 1000, 2000, MessageFault.TooLarge)]
    [InlineData(4, 0, 3000, MessageFault.None)]
    public async Task Attachments_in_attachments_may_take_a_number_of_times_the_size_of_the_message(
        int growth, int body, int free, MessageFault expected)
    {
        // The part is stored, and so is the attachment in the message that it holds.
        var fed = Encoding.ASCII.GetBytes(
            "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: message/rfc822\r\n\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/zip\r\n\r\n"
            + new string('x', body) + "\r\n--b--\r\n--a--\r\n");
        using var indexer = new MessageIndexer(new MessageIndexerOptions { MaxAttachmentGrowth = growth, FreeAttachmentBytes = free });
        indexer.Write(fed);

        var message = await indexer.CompleteAsync(new MemoryMessageSource(fed), TestContext.Current.CancellationToken);

        Assert.Equal(expected, message.Fault);
    }

    private static byte[] Nested(int levels)
    {
        var message = new StringBuilder();
        for (var level = 0; level < levels; level++)
        {
            message.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
        }

        return Encoding.ASCII.GetBytes(message.Append("\r\ntext\r\n").ToString());
    }

    private static byte[] Repeat(string text, int count)
    {
        var unit = Encoding.ASCII.GetBytes(text);
        var bytes = new byte[unit.Length * count];
        for (var offset = 0; offset < bytes.Length; offset += unit.Length)
        {
            unit.CopyTo(bytes, offset);
        }

        return bytes;
    }
}
