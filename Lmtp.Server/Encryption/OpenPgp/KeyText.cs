using System.Text;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>Reads the bytes of a key from its armour (RFC 4880 section 6.2), forgiving a missing blank line.</summary>
internal static class KeyText
{
    /// <summary>The longest text of a key, in characters.</summary>
    public const int MaximumLength = 512 * 1024;

    private const string Opening = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private const string SecretOpening = "-----BEGIN PGP PRIVATE KEY BLOCK-----";

    /// <summary>The packets of the first public key in the text.</summary>
    /// <exception cref="MessageEncryptionException">The text is too long or has no armour of a public key.</exception>
    public static byte[] Decode(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw new MessageEncryptionException($"The OpenPGP key is longer than {MaximumLength} characters.");
        }

        var start = text.IndexOf(Opening, StringComparison.Ordinal);
        if (start < 0)
        {
            throw new MessageEncryptionException(text.Contains(SecretOpening, StringComparison.Ordinal)
                ? "The OpenPGP key is a private key."
                : "The text is no armoured OpenPGP key.");
        }

        var lines = Body(text.AsSpan(start + Opening.Length));
        try
        {
            return Convert.FromBase64String(lines);
        }
        catch (FormatException exception)
        {
            throw new MessageEncryptionException("The OpenPGP key is damaged: it is no base64.", exception);
        }
    }

    // Headers such as Version have a colon, which base64 has not. The checksum is not needed to find damage: the key's own
    // signatures cover it.
    private static string Body(ReadOnlySpan<char> text)
    {
        var body = new StringBuilder(text.Length);
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (line.StartsWith('-') || (line.StartsWith('=') && body.Length > 0))
            {
                break;
            }

            if (!line.Contains(':'))
            {
                body.Append(line);
            }
        }

        return body.ToString();
    }
}
