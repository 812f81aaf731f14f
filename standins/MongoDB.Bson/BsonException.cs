namespace MongoDB.Bson;

/// <summary>An error in BSON data or its use.</summary>
public class BsonException : Exception
{
    /// <summary>Creates one without a message.</summary>
    public BsonException()
    {
    }

    /// <summary>Creates one with a message.</summary>
    public BsonException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with a message and the error behind it.</summary>
    public BsonException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates one with a composite format message.</summary>
    public BsonException(string format, params object[] args)
        : base(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args))
    {
    }
}
