namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>The bytes are not a BSON document, or one beyond a limit of size or nesting.</summary>
internal sealed class BsonFormatException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong with the bytes.</param>
    public BsonFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception for a limit that was passed.</summary>
    /// <param name="message">Which limit.</param>
    /// <param name="isTooLarge">True where the document is well-formed but too large.</param>
    public BsonFormatException(string message, bool isTooLarge)
        : base(message) => IsTooLarge = isTooLarge;

    /// <summary>True where only the size limit was passed (MongoDB's BSONObjectTooLarge, 10334).</summary>
    public bool IsTooLarge { get; }
}
