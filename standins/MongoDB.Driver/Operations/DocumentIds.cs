using MongoDB.Bson;

namespace MongoDB.Driver.Operations;

/// <summary>Gives documents the id that they lack.</summary>
internal static class DocumentIds
{
    /// <summary>The document with an <c>_id</c>: the caller sees the one that was made.</summary>
    public static BsonDocument Ensure<TDocument>(TDocument document)
    {
        var bson = document.ToBsonDocument();
        ArgumentNullException.ThrowIfNull(bson, nameof(document));
        if (bson is not RawBsonDocument && !bson.Contains("_id"))
        {
            bson.InsertAt(0, new BsonElement("_id", ObjectId.GenerateNewId()));
        }

        return bson;
    }
}
