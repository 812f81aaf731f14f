namespace MongoDB.Bson;

/// <summary>A state that should be impossible.</summary>
public class BsonInternalException : BsonException
{
    /// <summary>Creates one without a message.</summary>
    public BsonInternalException()
    {
    }

    /// <summary>Creates one with a message.</summary>
    public BsonInternalException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with a message and the error behind it.</summary>
    public BsonInternalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
