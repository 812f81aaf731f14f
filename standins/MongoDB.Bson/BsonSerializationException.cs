namespace MongoDB.Bson;

/// <summary>A document cannot be serialized or deserialized.</summary>
public class BsonSerializationException : BsonException
{
    /// <summary>Creates one without a message.</summary>
    public BsonSerializationException()
    {
    }

    /// <summary>Creates one with a message.</summary>
    public BsonSerializationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with a message and the error behind it.</summary>
    public BsonSerializationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
