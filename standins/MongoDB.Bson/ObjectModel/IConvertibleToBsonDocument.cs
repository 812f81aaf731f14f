namespace MongoDB.Bson;

/// <summary>Can be turned into a document.</summary>
public interface IConvertibleToBsonDocument
{
    /// <summary>The document.</summary>
    BsonDocument ToBsonDocument();
}
