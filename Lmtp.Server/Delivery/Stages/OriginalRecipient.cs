namespace Lmtp.Server.Delivery.Stages;

/// <summary>The value of ORCPT: <c>type;address</c> (RFC 3461 section 4.2).</summary>
internal static class OriginalRecipient
{
    /// <summary>The address without its type; null when there is none.</summary>
    public static string? AddressOf(string? value) =>
        value is null ? null : value[(value.IndexOf(';', StringComparison.Ordinal) + 1)..];
}
