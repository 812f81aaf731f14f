namespace MongoDB.Bson.IO;

/// <summary>The dialects of JSON for BSON.</summary>
public enum JsonOutputMode
{
    /// <summary>The syntax of the mongo shell.</summary>
    Shell,
    /// <summary>Extended JSON that keeps every type.</summary>
    CanonicalExtendedJson,
    /// <summary>Extended JSON with plain numbers and dates.</summary>
    RelaxedExtendedJson,
}
