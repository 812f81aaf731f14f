namespace Lmtp.Server.Storage.Outgoing;

/// <summary>A header field of an outgoing message.</summary>
/// <param name="Key">The name in lower case.</param>
/// <param name="Line">The field with its folds, one character U+0000 to U+00FF for each byte.</param>
internal sealed record QueueHeader(string Key, string Line);
