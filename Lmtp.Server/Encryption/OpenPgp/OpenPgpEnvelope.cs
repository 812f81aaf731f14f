using System.Security.Cryptography;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>A message of the type multipart/encrypted (RFC 3156 section 4) for the owner of an OpenPGP key.</summary>
internal sealed class OpenPgpEnvelope : IEnvelope
{
    private const int LineLength = 60;
    private const int BoundaryBytes = 14;

    private readonly PublicKeyPacket _key;
    private readonly bool _usesAes256;

    private OpenPgpEnvelope(PublicKeyPacket key, bool usesAes256)
    {
        (_key, _usesAes256) = (key, usesAes256);
        Identity = (byte[])[usesAes256 ? (byte)1 : (byte)0, .. key.Fingerprint];
    }

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Identity { get; }

    /// <summary>Reads an armoured key and chooses what to encrypt with.</summary>
    /// <exception cref="MessageEncryptionException">The text is no key, or has none that can be used now.</exception>
    public static OpenPgpEnvelope For(string text, DateTimeOffset now)
    {
        var (key, usesAes256) = EncryptionKeyChoice.Make(OpenPgpCertificate.Read(KeyText.Decode(text)), now);
        return new OpenPgpEnvelope(key, usesAes256);
    }

    /// <inheritdoc />
    public async Task WriteAsync(
        Stream message,
        ReadOnlyMemory<byte> outerFields,
        SeededRandom random,
        Stream output,
        CancellationToken cancellationToken)
    {
        var encoded = new EncodedOutput(output, LineLength);
        var boundary = $"nm_{Convert.ToHexStringLower(random.Next(BoundaryBytes))}";
        encoded.WriteText(outerFields.Span);
        encoded.WriteText(Opening(boundary));

        var checksum = new Crc24();
        var packets = new ProtectedMessage(bytes =>
        {
            checksum.Append(bytes);
            encoded.WriteEncoded(bytes);
        });
        var sessionKey = packets.WriteSessionKey(_key, _usesAes256, random);
        await packets.WriteAsync(message, sessionKey, random, encoded.FlushAsync, cancellationToken);
        CryptographicOperations.ZeroMemory(sessionKey);

        encoded.CompleteLines();
        encoded.WriteText($"={Convert.ToBase64String(checksum.Value())}\r\n-----END PGP MESSAGE-----\r\n\r\n--{boundary}--\r\n");
        await encoded.FlushAsync(cancellationToken);
    }

    private static string Opening(string boundary) => string.Join(
        "\r\n",
        $"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"{boundary}\"",
        "Content-Description: OpenPGP encrypted message",
        "Content-Transfer-Encoding: 7bit",
        "",
        "This is an OpenPGP/MIME encrypted message",
        "",
        $"--{boundary}",
        "Content-Type: application/pgp-encrypted",
        "Content-Transfer-Encoding: 7bit",
        "",
        "Version: 1",
        "",
        $"--{boundary}",
        "Content-Type: application/octet-stream; name=\"encrypted.asc\"",
        "Content-Disposition: inline; filename=\"encrypted.asc\"",
        "Content-Transfer-Encoding: 7bit",
        "",
        "-----BEGIN PGP MESSAGE-----",
        "",
        "");
}
