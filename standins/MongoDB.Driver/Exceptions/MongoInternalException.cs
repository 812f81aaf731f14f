namespace MongoDB.Driver;

/// <summary>A state that should be impossible.</summary>
public class MongoInternalException : MongoException
{
    /// <summary>Creates one.</summary>
    public MongoInternalException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with the error behind it.</summary>
    public MongoInternalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
