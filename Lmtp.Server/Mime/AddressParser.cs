namespace Lmtp.Server.Mime;

/// <summary>
/// Parses address lists the way WildDuck's own parser does: never failing, taking an address wherever one can be seen,
/// but none out of a quoted string.
/// </summary>
internal static class AddressParser
{
    // Groups in groups are no RFC 5322 syntax; beyond this depth they are ignored.
    private const int MaxGroupDepth = 50;

    /// <summary>Adds the addresses of a header value to a list. An empty value adds nothing.</summary>
    /// <remarks>Of a list that no document can hold only so much is parsed that no document can hold that either.</remarks>
    public static void Parse(ReadOnlySpan<char> text, List<MailAddress> addresses) => Parse(text, depth: 0, addresses);

    /// <summary>Parses the list in a number of groups.</summary>
    internal static void Parse(ReadOnlySpan<char> text, int depth, List<MailAddress> addresses)
    {
        if (!text.IsEmpty && depth <= MaxGroupDepth)
        {
            new AddressListReader(text, depth, new AddressList(addresses)).Read();
        }
    }
}
