namespace MongoDB.Bson;

/// <summary>Process-wide defaults.</summary>
public static class BsonDefaults
{
    /// <summary>The largest document in bytes that is read or written.</summary>
    public static int MaxDocumentSize { get; set; } = int.MaxValue;

    /// <summary>How deep documents may nest; deeper ones cannot be written or read.</summary>
    public static int MaxSerializationDepth { get; set; } = 100;
}
