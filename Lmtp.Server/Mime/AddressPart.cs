namespace Lmtp.Server.Mime;

/// <summary>What a piece of an address list stands in.</summary>
internal enum AddressPart
{
    Phrase,
    QuotedString,
    Bracket,
    Comment,
    Group,
}
