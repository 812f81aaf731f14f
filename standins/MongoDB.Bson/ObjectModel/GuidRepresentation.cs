namespace MongoDB.Bson;

/// <summary>The byte orders in which a <see cref="Guid"/> may be stored.</summary>
public enum GuidRepresentation
{
    /// <summary>Not said; storing a Guid is then an error.</summary>
    Unspecified = 0,
    /// <summary>Network byte order, subtype 4.</summary>
    Standard,
    /// <summary>The order of <see cref="Guid.ToByteArray()"/>, subtype 3.</summary>
    CSharpLegacy,
    /// <summary>Both halves reversed, subtype 3.</summary>
    JavaLegacy,
    /// <summary>Network byte order, subtype 3.</summary>
    PythonLegacy,
}
