namespace Lmtp.Server.Delivery;

/// <summary>One mail transaction, RFC 5321 section 3.3: what MAIL announced, before any recipient.</summary>
public sealed record MailTransaction
{
    /// <summary>The session in which it takes place.</summary>
    public required SessionInfo Session { get; init; }

    /// <summary>The reverse-path without angle brackets; empty for the null reverse-path.</summary>
    public required string ReversePath { get; init; }

    /// <summary>SIZE= as announced, in bytes; null when not given (RFC 1870).</summary>
    public long? DeclaredSize { get; init; }

    /// <summary>Whether SMTPUTF8 was asked for (RFC 6531).</summary>
    public bool Utf8 { get; init; }

    /// <summary>
    /// Whether the server itself tells the user something: no filter of the user hides it, and it is no spam.
    /// </summary>
    internal bool IsNotice { get; init; }

    /// <summary>ENVID= of the sender, xtext decoded; null when not given (RFC 3461).</summary>
    public string? EnvelopeId { get; init; }
}
