using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>What one update operator does with the value at one path.</summary>
internal abstract class FieldOperator
{
    /// <summary>Whether a missing field is made.</summary>
    public virtual bool CreatesField => true;

    /// <summary>Whether the operator does its work only when an upsert inserts.</summary>
    public virtual bool OnlyOnInsert => false;

    /// <summary>The new value.</summary>
    /// <param name="current">The value as it stands, null when missing; it is not changed.</param>
    /// <param name="field">Where the value stands.</param>
    /// <returns>The new value; null to leave the field as it is.</returns>
    public abstract BsonValue? Compute(BsonValue? current, FieldPosition field);
}

/// <summary>The place that a field operator works on, for values that depend on it and for error texts.</summary>
/// <param name="Document">The whole document.</param>
/// <param name="Path">The dotted path.</param>
/// <param name="Context">The update's context.</param>
internal readonly record struct FieldPosition(BsonDocument Document, string Path, UpdateContext Context)
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The document's <c>_id</c> as error texts show it.</summary>
    public string Id => Values.TypeNames.Show(Document.GetValue("_id", null));
}
