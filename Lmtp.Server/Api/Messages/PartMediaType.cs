using System.Collections.Frozen;
using System.Net.Mime;

namespace Lmtp.Server.Api.Messages;

/// <summary>
/// The media type that an attachment is answered with: the sender's where no browser runs anything of that type, else the
/// type of unknown bytes.
/// </summary>
internal static class PartMediaType
{
    /// <summary>The type of bytes of which nothing is known.</summary>
    public const string Unknown = MediaTypeNames.Application.Octet;

    private static readonly FrozenSet<string> Passive = new[]
    {
        "application/gzip", "application/json", "application/msword", "application/pdf", "application/pgp-signature", "application/rtf",
        "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
        "application/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/zip",
        "audio/aac", "audio/flac", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "audio/webm",
        "image/avif", "image/bmp", "image/gif", "image/jpeg", "image/png", "image/tiff", "image/webp",
        "message/rfc822", "text/calendar", "text/csv", "text/plain", "text/vcard",
        "video/mp4", "video/mpeg", "video/ogg", "video/quicktime", "video/webm",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The type to answer with.</summary>
    /// <param name="claimed">What the message says.</param>
    public static string Of(string claimed) => Passive.TryGetValue(claimed.Trim(), out var known) ? known : Unknown;
}
