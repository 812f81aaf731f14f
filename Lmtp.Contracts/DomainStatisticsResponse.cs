namespace Lmtp.Contracts;

/// <summary>What came for the users of a domain.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Recipients">Attempts to deliver to one recipient.</param>
/// <param name="Bytes">The bytes of their messages.</param>
public sealed record DomainStatisticsResponse(string Domain, long Recipients, long Bytes);
