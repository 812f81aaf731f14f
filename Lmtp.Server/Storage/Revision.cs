using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>The state of a document as administrators change it: some of its fields, those that nothing else changes.</summary>
/// <param name="fields">Their names.</param>
internal sealed class Revision(params string[] fields)
{
    /// <summary>A text that differs wherever two states do.</summary>
    public string Of(BsonDocument document) =>
        new BsonDocument(fields.Select(field => new BsonElement(field, document.GetValue(field, BsonNull.Value)))).ToJson();

    /// <summary>Finds documents in that state only; a field that is missing counts as null.</summary>
    public FilterDefinition<BsonDocument> Filter(BsonDocument document) => Builders<BsonDocument>.Filter.And(
        fields.Select(field => Builders<BsonDocument>.Filter.Eq(field, document.GetValue(field, BsonNull.Value))));
}
