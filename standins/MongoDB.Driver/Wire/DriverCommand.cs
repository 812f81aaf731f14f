using MongoDB.Bson;
using MongoDB.Bson.IO;

namespace MongoDB.Driver.Wire;

/// <summary>A command as an operation asks for it, before a session and a server are chosen.</summary>
internal sealed class DriverCommand(string database, BsonDocument body)
{
    public string Database { get; } = database;

    public BsonDocument Body { get; } = body;

    public string Name => Body.GetElement(0).Name;

    /// <summary>The collection, where the command has one.</summary>
    public string Collection => Body[0] is BsonString text ? text.Value : Body.GetValue("collection", BsonNull.Value) as BsonString is { } name ? name.Value : null;

    /// <summary>Documents that travel beside the command, or null.</summary>
    public DocumentSequence Sequence { get; init; }

    /// <summary>Whether the server answers.</summary>
    public bool ExpectsReply { get; init; } = true;
}

/// <summary>Documents that travel beside a command, so that they need no array around them.</summary>
internal abstract class DocumentSequence
{
    public abstract string Name { get; }

    /// <summary>Writes as many documents as the server takes in one message.</summary>
    public abstract void Write(BsonOutput output, ServerLimits limits);
}

/// <summary>What a server takes.</summary>
internal sealed record ServerLimits(int MaxDocumentSize, int MaxMessageSize, int MaxBatchCount)
{
    public static ServerLimits Default { get; } = new(16 * 1024 * 1024, 48_000_000, 100_000);
}
