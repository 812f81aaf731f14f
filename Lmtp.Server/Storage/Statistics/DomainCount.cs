namespace Lmtp.Server.Storage.Statistics;

/// <summary>What came for the users of a domain.</summary>
/// <param name="Recipients">Attempts to deliver.</param>
/// <param name="Bytes">The bytes of their messages.</param>
internal readonly record struct DomainCount(long Recipients, long Bytes)
{
    public static DomainCount operator +(DomainCount one, DomainCount other) =>
        new(one.Recipients + other.Recipients, one.Bytes + other.Bytes);
}
