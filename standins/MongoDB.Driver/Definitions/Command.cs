using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.Command&lt;TResult&gt;.</summary>
public abstract class Command<TResult>
{
    internal abstract BsonDocument Render();

    public static implicit operator Command<TResult>(BsonDocument document) => document is null ? null : new BsonDocumentCommand<TResult>(document);

    public static implicit operator Command<TResult>(string json) => json is null ? null : new BsonDocumentCommand<TResult>(BsonDocument.Parse(json));
}

/// <summary>Mirrors MongoDB.Driver.BsonDocumentCommand&lt;TResult&gt;.</summary>
public sealed class BsonDocumentCommand<TResult>(BsonDocument document) : Command<TResult>
{
    public BsonDocument Document { get; } = document;

    internal override BsonDocument Render() => Document.DeepClone().AsBsonDocument;
}
