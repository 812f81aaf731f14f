using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>A command.</summary>
/// <typeparam name="TResult">The type of the answer.</typeparam>
public abstract class Command<TResult>
{
    private protected Command()
    {
    }

    /// <summary>A command by a document.</summary>
    public static implicit operator Command<TResult>(BsonDocument document) => new BsonDocumentCommand<TResult>(document);

    /// <summary>A command by the JSON text of a document.</summary>
    public static implicit operator Command<TResult>(string json) => new BsonDocumentCommand<TResult>(BsonDocument.Parse(json));

    internal abstract BsonDocument RenderDocument();
}

/// <summary>A command by a document.</summary>
/// <typeparam name="TResult">The type of the answer.</typeparam>
public sealed class BsonDocumentCommand<TResult> : Command<TResult>
{
    /// <summary>Creates one.</summary>
    public BsonDocumentCommand(BsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
    }

    /// <summary>The document.</summary>
    public BsonDocument Document { get; }

    internal override BsonDocument RenderDocument() => Document;
}
