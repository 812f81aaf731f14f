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
    /// <param name="text">The value.</param>
    /// <param name="addresses">Receives the addresses.</param>
    /// <param name="headerBytes">The size of the header that the value stands in, as far as it is known.</param>
    /// <param name="depth">The number of groups that the value stands in.</param>
    /// <remarks>Of a list that no document can hold only so much is parsed that no document can hold that either.</remarks>
    public static void Parse(ReadOnlySpan<char> text, AddressTable addresses, int headerBytes = 0, int depth = 0)
    {
        if (!text.IsEmpty && depth <= MaxGroupDepth)
        {
            headerBytes = Math.Max(headerBytes, text.Length);
            new AddressListReader(text, depth, new AddressList(addresses, headerBytes)).Read();
        }
    }
}
