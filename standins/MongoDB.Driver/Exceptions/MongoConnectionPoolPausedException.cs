namespace MongoDB.Driver;

/// <summary>The connections of a server were closed because it could not be reached.</summary>
public class MongoConnectionPoolPausedException : MongoClientException
{
    /// <summary>Creates one.</summary>
    public MongoConnectionPoolPausedException(string message)
        : base(message)
    {
    }
}
