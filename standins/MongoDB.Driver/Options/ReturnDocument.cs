namespace MongoDB.Driver;

/// <summary>Which state of a changed document is returned.</summary>
public enum ReturnDocument
{
    /// <summary>The one before the change.</summary>
    Before,
    /// <summary>The one after the change.</summary>
    After,
}
