namespace MongoDB.Driver;

/// <summary>The client was used wrongly, or cannot do what it was asked to.</summary>
public class MongoClientException : MongoException
{
    /// <summary>Creates one.</summary>
    public MongoClientException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with the error behind it.</summary>
    public MongoClientException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
