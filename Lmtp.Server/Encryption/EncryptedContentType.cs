using System.Text.RegularExpressions;

namespace Lmtp.Server.Encryption;

/// <summary>Recognises the Content-Type of a message that is encrypted already.</summary>
internal static partial class EncryptedContentType
{
    private const string OpenPgp = "multipart/encrypted";
    private const string Smime = "application/pkcs7-mime";

    /// <summary>Whether the value names one of the two encrypted shapes, parameters and comments taken loosely.</summary>
    public static bool Matches(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return false;
        }

        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        return type.Equals(OpenPgp, StringComparison.OrdinalIgnoreCase)
            || (type.Equals(Smime, StringComparison.OrdinalIgnoreCase) && SmimeType().IsMatch(contentType));
    }

    // Signed data has the same media type; only this parameter tells them apart.
    [GeneratedRegex(@"smime-type\s*=\s*(?:auth)?enveloped-data", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SmimeType();
}
