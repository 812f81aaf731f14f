namespace Lmtp.Server.Filters;

/// <summary>Where a message is forwarded to.</summary>
/// <param name="Type"><c>mail</c>, <c>relay</c> or <c>http</c>.</param>
/// <param name="Value">An address, the URL of a relay, or the URL that takes the message.</param>
public sealed record ForwardTarget(string Type, string Value)
{
    /// <summary>The local user whose address it is, 24 hexadecimal digits; null where it is nobody's here.</summary>
    public string? User { get; init; }
}
