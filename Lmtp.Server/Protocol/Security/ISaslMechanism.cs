namespace Lmtp.Server.Protocol.Security;

/// <summary>The server's side of one SASL exchange (RFC 4422).</summary>
internal interface ISaslMechanism
{
    /// <summary>The challenge that is sent when the client gave no initial response.</summary>
    byte[] FirstChallenge { get; }

    /// <summary>Takes the client's next response, decoded.</summary>
    SaslStep Respond(ReadOnlySpan<byte> response);
}
