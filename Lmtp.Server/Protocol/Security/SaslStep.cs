namespace Lmtp.Server.Protocol.Security;

/// <summary>What a SASL mechanism answers to a response: a further challenge, or the end of the exchange.</summary>
/// <param name="Challenge">What to send next; null at the end.</param>
/// <param name="Account">The account that authenticated; null while the exchange goes on and when it failed.</param>
internal readonly record struct SaslStep(byte[]? Challenge, string? Account)
{
    /// <summary>The exchange failed, for a reason that the client is not told.</summary>
    public static SaslStep Failed => default;

    /// <summary>The exchange goes on.</summary>
    public static SaslStep Continue(byte[] challenge) => new(challenge, null);

    /// <summary>The exchange succeeded.</summary>
    public static SaslStep Success(string account) => new(null, account);
}
