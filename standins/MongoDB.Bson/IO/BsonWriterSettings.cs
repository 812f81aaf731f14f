namespace MongoDB.Bson.IO;

/// <summary>What all writers have in common.</summary>
public abstract class BsonWriterSettings
{
    /// <summary>How deep documents may nest.</summary>
    public int MaxSerializationDepth { get; set; } = BsonDefaults.MaxSerializationDepth;

    /// <summary>A copy.</summary>
    public BsonWriterSettings Clone() => CloneImplementation();

    /// <summary>What <see cref="Clone"/> does.</summary>
    protected abstract BsonWriterSettings CloneImplementation();
}
