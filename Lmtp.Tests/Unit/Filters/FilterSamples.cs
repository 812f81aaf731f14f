using Lmtp.Server.Filters;
using Lmtp.Server.Filters.Extensions;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Filters;

/// <summary>Filters and messages for the tests.</summary>
internal static class FilterSamples
{
    public static FilterMessage Message { get; } = new()
    {
        Headers = [KeyValuePair.Create("subject", "your invoice")],
        Fields = Fields(
            "From: Alice <alice@friend.test>",
            "Subject: =?utf-8?q?Your_inv=C3=B6ice?=",
            "X-Folded: one\r\n two",
            "X-Twice: first",
            "X-Twice: second",
            "List-Id: News <news.lists.test>"),
        Text = "please pay 100 euro. thank you.",
        Attachments = [new FilterAttachment("Invoice 7.PDF", "application/pdf"), new FilterAttachment("logo.png", "image/png")],
        Size = 5000,
        Sender = "bounce@friend.test",
        Recipient = "bob+shop@example.test",
        OriginalRecipient = "Sales@Example.test",
        Tag = "shop",
        SpamScore = 40,

        // A Sunday in UTC, a Monday already in Tokyo.
        Received = new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero),
        HeaderDate = new DateTimeOffset(2026, 2, 27, 12, 0, 0, TimeSpan.Zero),
    };

    public static FilterHeaders Fields(params string[] lines) => new([.. lines.Select(HeaderField.FromBinaryText)]);

    public static (FilterExtension Extension, IReadOnlyList<FilterFault> Faults) Parse(string json) =>
        FilterExtensionParser.Parse(PlainValues.Of(BsonDocument.Parse(json)));

    public static UserFilter Filter(string lmtp, string id = "f1", FilterQuery? query = null, FilterAction? action = null)
    {
        var (extension, faults) = Parse(lmtp);
        Assert.Empty(faults);
        return new UserFilter { Id = id, Query = query ?? new(), Action = action ?? new(), Extension = extension };
    }

    public static FilterDecision Decide(FilterMessage message, params UserFilter[] filters) =>
        FilterEngine.Decide(new FilterInput { Message = message, Filters = filters, SpamScore = message.SpamScore });
}
