namespace Lmtp.EmbeddedMongo.Wire;

/// <summary>Numbers of MongoDB's wire protocol.</summary>
internal static class WireProtocol
{
    /// <summary>Bytes of a message header: length, request id, response to, operation code.</summary>
    public const int HeaderLength = 16;

    /// <summary>The greatest message in bytes, header included.</summary>
    public const int MaxMessageBytes = 48_000_000;

    /// <summary>The greatest document in bytes that a client may store.</summary>
    public const int MaxDocumentBytes = 16 * 1024 * 1024;

    /// <summary>The most write operations of one command.</summary>
    public const int MaxWriteBatchSize = 100_000;

    /// <summary>The lowest protocol version that is spoken.</summary>
    public const int MinWireVersion = 0;

    /// <summary>The highest protocol version that is spoken, the one of MongoDB 7.0.</summary>
    public const int MaxWireVersion = 21;

    /// <summary>OP_REPLY, the answer to OP_QUERY.</summary>
    public const int OpReply = 1;

    /// <summary>OP_QUERY, of which only the handshake is left.</summary>
    public const int OpQuery = 2004;

    /// <summary>OP_MSG.</summary>
    public const int OpMsg = 2013;
}
