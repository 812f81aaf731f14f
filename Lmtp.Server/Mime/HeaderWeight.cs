using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Lmtp.Server.Mime;

/// <summary>
/// What a header certainly takes in the stored document beside its own lines: texts and parameters stand there a second
/// time, by name. A large header that cannot be stored need not be parsed.
/// </summary>
internal static class HeaderWeight
{
    // A header that takes a smaller part of the largest document has no part in making it too large.
    private const int LeastPart = 32;

    // A value by name, alone or among others of that name.
    private const int LeastValueBytes = 8;

    // A document in a list, with key and value.
    private const int LeastIndexedBytes = 32;

    // Of these only one value is kept, addresses are kept in another form, and two are replaced at delivery.
    private static readonly string[] OtherNames =
    [
        "content-type", "content-disposition", "content-transfer-encoding", "content-id", "content-description", "content-language",
        "content-md5", "content-location", "in-reply-to", "message-id", "from", "sender", "reply-to", "to", "cc", "bcc",
        "delivered-to", "return-path",
    ];

    // Those of these names, and of the names that are indexed.
    private static readonly SearchValues<byte> KnownInitials = SearchValues.Create("bcdfilmrstBCDFILMRST"u8);

    /// <summary>The least number of bytes that the values of a node's header take.</summary>
    /// <param name="node">The node, its header complete.</param>
    /// <param name="isTop">Whether it is the top node, whose header is searched by.</param>
    /// <param name="maxDocumentBytes">The size of the largest document.</param>
    public static long Measure(MimeNode node, bool isTop, int maxDocumentBytes)
    {
        long weight = node.ContentType.Parameters.Weight + (node.ContentDisposition?.Parameters.Weight ?? 0);
        return node.Record.HeaderBytes < maxDocumentBytes / LeastPart ? weight : weight + MeasureTexts(node.Header, isTop);
    }

    private static long MeasureTexts(HeaderFieldList header, bool isTop)
    {
        long weight = 0;
        for (var index = 0; index < header.Count; index++)
        {
            var field = header[index];
            field.Split(out var name, out var value);
            var mayBeKnown = name.IsEmpty || KnownInitials.Contains(name[0]);
            if (isTop && mayBeKnown && HeaderIndex.IsIndexed(field))
            {
                weight += LeastIndexedBytes;
            }

            if (name.Length < GatheredFields.MaxNameLength && HeaderName.IsOrdinary(name) && !(mayBeKnown && IsOther(field)))
            {
                weight += LeastValueBytes + CountVisible(value);
            }
        }

        return weight;
    }

    private static bool IsOther(HeaderField field)
    {
        foreach (var name in OtherNames)
        {
            if (field.HasName(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bytes that are neither white space nor a part of another character: none of them is ever left out.</summary>
    private static int CountVisible(ReadOnlySpan<byte> value)
    {
        var count = 0;
        for (; Vector256.IsHardwareAccelerated && value.Length >= Vector256<byte>.Count; value = value[Vector256<byte>.Count..])
        {
            var visible = Vector256.GreaterThan(Vector256.Create(value).AsSByte(), Vector256.Create((sbyte)' '));
            count += BitOperations.PopCount(visible.ExtractMostSignificantBits());
        }

        foreach (var character in value)
        {
            count += character is > (byte)' ' and < 0x80 ? 1 : 0;
        }

        return count;
    }
}
