using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using Lmtp.EmbeddedMongo.Wire;
using MongoDB.Bson;
using BsonType = Lmtp.EmbeddedMongo.Bson.BsonType;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary>Makes documents fit to be stored: with an <c>_id</c> in front, not too big.</summary>
internal static class DocumentPreparation
{
    private static ReadOnlySpan<byte> IdName => "_id"u8;

    /// <summary>Prepares a document that a client inserts.</summary>
    /// <param name="document">The document's BSON.</param>
    /// <param name="now">The time, for timestamps that the server fills in.</param>
    /// <returns>The BSON to store, the same memory where nothing had to be changed.</returns>
    /// <exception cref="CommandException">The document cannot be stored.</exception>
    public static ReadOnlyMemory<byte> Prepare(ReadOnlyMemory<byte> document, DateTimeOffset now)
    {
        CheckSize(document.Length);
        var slice = new BsonSlice(document.Span);
        var elements = slice.GetEnumerator();
        var startsWithId = elements.MoveNext() && elements.Current.Name.SequenceEqual(IdName);
        CheckId(startsWithId ? elements.Current.Value : slice[IdName]);
        if (startsWithId && !HasZeroTimestamp(document.Span))
        {
            return document;
        }

        return WithId(RawDocument.Decode(document.Span), now).ToBson();
    }

    /// <summary>Prepares a document that an update made.</summary>
    /// <param name="document">The document.</param>
    /// <returns>The BSON to store.</returns>
    /// <exception cref="CommandException">The document cannot be stored.</exception>
    public static byte[] Encode(BsonDocument document)
    {
        var bytes = document.ToBson();
        CheckSize(bytes.Length);
        return bytes;
    }

    /// <summary>Puts <c>_id</c> in front, and makes one where there is none.</summary>
    /// <param name="document">The document.</param>
    /// <param name="now">The time, for timestamps that the server fills in.</param>
    /// <returns>The document.</returns>
    public static BsonDocument WithId(BsonDocument document, DateTimeOffset now)
    {
        var id = document.GetValue("_id", null);
        if (id is not null)
        {
            CheckId(RawCodec.Encode(id).Slice);
        }

        var result = new BsonDocument("_id", id ?? new BsonObjectId(ObjectId.GenerateNewId()));
        foreach (var element in document)
        {
            if (element.Name != "_id")
            {
                result.Add(element.Name, element.Value is BsonTimestamp { Value: 0 }
                    ? new BsonTimestamp((int)now.ToUnixTimeSeconds(), 1)
                    : element.Value);
            }
        }

        return result;
    }

    private static void CheckSize(int length)
    {
        if (length > WireProtocol.MaxDocumentBytes)
        {
            throw new CommandException(
                ErrorCode.BSONObjectTooLarge,
                $"object to insert too large. size in bytes: {length}, max size: {WireProtocol.MaxDocumentBytes}");
        }
    }

    private static void CheckId(BsonValueSlice id)
    {
        if (id.Type is BsonType.Array or BsonType.RegularExpression or BsonType.Undefined)
        {
            throw new CommandException(
                ErrorCode.InvalidIdField,
                $"The '_id' value cannot be of type {TypeNames.Of((MongoDB.Bson.BsonType)id.Type)}");
        }

        if (id.Type != BsonType.Document)
        {
            return;
        }

        foreach (var element in id.AsDocument)
        {
            if (element.Name.StartsWith("$"u8) && !IsReference(element.Name))
            {
                throw new CommandException(
                    ErrorCode.DollarPrefixedFieldName,
                    $"_id fields may not contain '$'-prefixed fields: {Encoding.UTF8.GetString(element.Name)} is not valid for storage.");
            }
        }
    }

    private static bool IsReference(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("$ref"u8) || name.SequenceEqual("$id"u8) || name.SequenceEqual("$db"u8);

    private static bool HasZeroTimestamp(ReadOnlySpan<byte> document)
    {
        foreach (var element in new BsonSlice(document))
        {
            if (element.Value.Type == BsonType.Timestamp && element.Value.Bytes.IndexOfAnyExcept((byte)0) < 0)
            {
                return true;
            }
        }

        return false;
    }
}
