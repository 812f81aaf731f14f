namespace MongoDB.Driver;

/// <summary>The types of the time of the server.</summary>
public enum UpdateDefinitionCurrentDateType
{
    /// <summary>A date.</summary>
    Date,
    /// <summary>A timestamp.</summary>
    Timestamp,
}
