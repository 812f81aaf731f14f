namespace Lmtp.Server.Storage;

/// <summary>An attachment as a message lists it.</summary>
/// <param name="Id">Its name within the message, such as <c>ATT00001</c>.</param>
/// <param name="FileName">The file name, decoded.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="SizeInKilobytes">About how large it is, in units of 1024 bytes.</param>
/// <param name="IsRelated">Whether it belongs to the text, as an inline image does.</param>
public sealed record StoredAttachment(
    string Id, string FileName, string ContentType, long SizeInKilobytes, bool IsRelated);
