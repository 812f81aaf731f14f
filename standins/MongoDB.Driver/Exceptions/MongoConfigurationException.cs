namespace MongoDB.Driver;

/// <summary>The client is configured wrongly.</summary>
public class MongoConfigurationException : MongoClientException
{
    /// <summary>Creates one.</summary>
    public MongoConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with the error behind it.</summary>
    public MongoConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
