namespace Lmtp.Server.Filters;

/// <summary>What filters see of an attachment.</summary>
/// <param name="Name">The file name.</param>
/// <param name="Type">The media type, in lower case.</param>
public sealed record FilterAttachment(string Name, string Type);
