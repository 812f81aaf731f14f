namespace MongoDB.Driver;

/// <summary>Options of creating an index.</summary>
public class CreateOneIndexOptions
{
    /// <summary>How long the server may take.</summary>
    public TimeSpan? MaxTime { get; set; }
}
