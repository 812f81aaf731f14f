using System.Text;

using Lmtp.Server.Mime;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>Measures a document before it is inserted, so that the database need not refuse it.</summary>
public static class DocumentLimits
{
    /// <summary>The largest document that MongoDB stores: 16 MiB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The deepest nesting that MongoDB documents: 100 levels.</summary>
    public const int MaxDepth = 100;

    /// <summary>Whether the database would take a document.</summary>
    public static MessageFault Check(BsonDocument document)
    {
        var depth = 0;
        var bytes = Measure(document, 1, ref depth);
        return depth > MaxDepth ? MessageFault.TooDeep
            : bytes > MaxBytes ? MessageFault.TooLarge
            : MessageFault.None;
    }

    private static long Measure(BsonValue value, int level, ref int depth)
    {
        switch (value)
        {
            case BsonDocument document:
                depth = Math.Max(depth, level);
                long bytes = 5;
                foreach (var element in document)
                {
                    bytes += 2 + Encoding.UTF8.GetByteCount(element.Name) + Measure(element.Value, level + 1, ref depth);
                }

                return bytes;
            case BsonArray array:
                depth = Math.Max(depth, level);
                return MeasureArray(array, level, ref depth);
            case BsonString text:
                return 5 + Encoding.UTF8.GetByteCount(text.Value);
            case BsonBinaryData binary:
                return 5 + binary.Bytes.Length;
            case BsonInt32:
                return 4;
            case BsonObjectId:
                return 12;
            case BsonBoolean:
                return 1;
            case BsonNull:
                return 0;
            default:
                return 8;
        }
    }

    private static long MeasureArray(BsonArray array, int level, ref int depth)
    {
        long bytes = 5;
        var digits = 1;
        for (int index = 0, next = 10; index < array.Count; index++)
        {
            if (index == next)
            {
                digits++;
                next *= 10;
            }

            bytes += 2 + digits + Measure(array[index], level + 1, ref depth);
        }

        return bytes;
    }
}
