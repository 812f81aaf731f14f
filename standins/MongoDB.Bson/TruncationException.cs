namespace MongoDB.Bson;

/// <summary>A conversion would lose digits.</summary>
public class TruncationException : BsonException
{
    /// <summary>Creates one without a message.</summary>
    public TruncationException()
    {
    }

    /// <summary>Creates one with a message.</summary>
    public TruncationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with a message and the error behind it.</summary>
    public TruncationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
