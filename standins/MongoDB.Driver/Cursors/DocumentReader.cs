using MongoDB.Bson;

namespace MongoDB.Driver.Cursors;

/// <summary>Takes documents out of an answer whose memory may be used again.</summary>
internal static class DocumentReader
{
    /// <summary>Whether results point into the answer, so that its memory must stay.</summary>
    public static bool Keeps<TDocument>() => typeof(TDocument) == typeof(RawBsonDocument);

    public static List<TDocument> ReadAll<TDocument>(BsonValue batch)
    {
        var documents = new List<TDocument>();
        foreach (var document in new RawBsonDocument(((RawBsonArray)batch).Slice).Values)
        {
            documents.Add(Read<TDocument>(document));
        }

        return documents;
    }

    public static TDocument Read<TDocument>(BsonValue value)
    {
        if (Keeps<TDocument>())
        {
            return (TDocument)(object)(RawBsonDocument)value;
        }

        return value switch
        {
            RawBsonDocument raw when typeof(TDocument).IsAssignableFrom(typeof(BsonDocument)) => (TDocument)(object)raw.Materialize(null),
            RawBsonArray raw when typeof(TDocument).IsAssignableFrom(typeof(BsonArray)) => (TDocument)(object)raw.Materialize(null),
            TDocument same => same,
            _ when typeof(TDocument) == typeof(BsonDocument) => throw new FormatException($"The server sent a {value.BsonType} where a document was expected."),
            _ => (TDocument)BsonTypeMapper.MapToDotNetValue(value),
        };
    }
}
