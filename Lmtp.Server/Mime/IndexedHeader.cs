namespace Lmtp.Server.Mime;

/// <summary>A header as searches and filters see it.</summary>
/// <param name="Key">The field name in lower case.</param>
/// <param name="Value">The decoded value in lower case, at most 880 bytes of UTF-8.</param>
public readonly record struct IndexedHeader(string Key, string Value);
