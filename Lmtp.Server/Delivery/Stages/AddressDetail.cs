namespace Lmtp.Server.Delivery.Stages;

/// <summary>What a recipient's address says beyond whose it is: its tag, or what an asterisk stands for.</summary>
internal static class AddressDetail
{
    /// <summary>What follows the first plus sign of the local part; null when there is none.</summary>
    public static string? TagOf(string address)
    {
        var local = LocalPartOf(address);
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? null : local[(plus + 1)..];
    }

    /// <summary>The tag, else what the asterisk of the stored address stands for; null when there is neither.</summary>
    /// <param name="address">The recipient, normalised, with dots and tag.</param>
    /// <param name="stored">The stored address that it was found as.</param>
    public static string? Of(string address, string stored)
    {
        if (TagOf(address) is { Length: > 0 } tag)
        {
            return tag;
        }

        var pattern = LocalPartOf(stored);
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return null;
        }

        var local = LocalPartOf(address).TrimEnd('+');
        return Between(local, pattern[..star], pattern[(star + 1)..])
            ?? Between(WithoutDots(local), WithoutDots(pattern[..star]), WithoutDots(pattern[(star + 1)..]));
    }

    // The lookup leaves dots out, so that what stands there may differ by them.
    private static string WithoutDots(string text) => text.Replace(".", "", StringComparison.Ordinal);

    private static string? Between(string text, string start, string end) =>
        text.Length > start.Length + end.Length
        && text.StartsWith(start, StringComparison.Ordinal)
        && text.EndsWith(end, StringComparison.Ordinal)
            ? text[start.Length..^end.Length]
            : null;

    private static string LocalPartOf(string address) => address[..Math.Max(0, address.LastIndexOf('@'))];
}
