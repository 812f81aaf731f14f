using System.Security.Cryptography;
using System.Text;
using Lmtp.Server.Encryption.Ciphers;

namespace Lmtp.Server.Encryption.Smime;

/// <summary>A message of the type application/pkcs7-mime (RFC 8551 section 3.3) for the holders of some certificates.</summary>
internal sealed class SmimeEnvelope : IEnvelope
{
    /// <summary>The most certificates of one user.</summary>
    public const int MaximumRecipients = 100;

    private const string Chaining = "AES-CBC";
    private const string Authenticated = "AES-GCM";
    private const string Pkcs1 = "PKCS#1 v1.5";
    private const string Oaep = "OAEP";

    private const int LineLength = 76;
    private const int ContentKeySize = 32;
    private const int IvSize = 16;
    private const int NonceSize = 12;
    private const int CodeSize = 16;
    private const int PieceSize = 64 * 1024;

    private readonly List<SmimeRecipient> _recipients;
    private readonly bool _isAuthenticated;
    private readonly bool _isOaep;

    private SmimeEnvelope(List<SmimeRecipient> recipients, bool isAuthenticated, bool isOaep)
    {
        (_recipients, _isAuthenticated, _isOaep) = (recipients, isAuthenticated, isOaep);
        Identity = (byte[])
        [
            .. Encoding.UTF8.GetBytes($"{(isAuthenticated ? Authenticated : Chaining)} {(isOaep ? Oaep : Pkcs1)}"),
            .. recipients.SelectMany(static recipient => SHA256.HashData(recipient.Certificate.Span)),
        ];
    }

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Identity { get; }

    /// <summary>Reads the certificates; those that cannot be used are left out while one is left.</summary>
    /// <exception cref="MessageEncryptionException">None can be used, or a setting has no such value.</exception>
    public static SmimeEnvelope For(EncryptionKey key)
    {
        if (key.SmimeCipher is not (Chaining or Authenticated))
        {
            throw new MessageEncryptionException($"The S/MIME cipher has to be {Chaining} or {Authenticated}.");
        }

        if (key.SmimeKeyTransport is not (Pkcs1 or Oaep))
        {
            throw new MessageEncryptionException($"The S/MIME key transport has to be {Pkcs1} or {Oaep}.");
        }

        if (key.Texts.Count > MaximumRecipients)
        {
            throw new MessageEncryptionException($"There are more than {MaximumRecipients} S/MIME certificates.");
        }

        return new SmimeEnvelope(ReadRecipients(key.Texts), key.SmimeCipher == Authenticated, key.SmimeKeyTransport == Oaep);
    }

    /// <inheritdoc />
    public async Task WriteAsync(
        Stream message,
        ReadOnlyMemory<byte> outerFields,
        SeededRandom random,
        Stream output,
        CancellationToken cancellationToken)
    {
        var contentKey = random.Next(ContentKeySize);
        var vector = random.Next(_isAuthenticated ? NonceSize : IvSize);
        var recipients = EncodeRecipients(contentKey, random);

        var encoded = new EncodedOutput(output, LineLength);
        encoded.WriteText(outerFields.Span);
        encoded.WriteText($"Content-Type: application/pkcs7-mime; smime-type={(_isAuthenticated ? "authEnveloped-data" : "enveloped-data")}; name=smime.p7m\r\n");
        encoded.WriteText("Content-Transfer-Encoding: base64\r\n");
        encoded.WriteText("Content-Disposition: attachment; filename=smime.p7m\r\n\r\n");
        await (_isAuthenticated
            ? WriteAuthenticatedAsync(message, contentKey, vector, recipients, encoded, cancellationToken)
            : WriteChainedAsync(message, contentKey, vector, recipients, encoded, cancellationToken));

        CryptographicOperations.ZeroMemory(contentKey);
        encoded.CompleteLines();
        await encoded.FlushAsync(cancellationToken);
    }

    private static List<SmimeRecipient> ReadRecipients(IReadOnlyList<string> texts)
    {
        var recipients = new List<SmimeRecipient>(texts.Count);
        MessageEncryptionException? fault = null;
        foreach (var text in texts)
        {
            try
            {
                recipients.Add(SmimeRecipient.Read(text));
            }
            catch (MessageEncryptionException exception)
            {
                fault = exception;
            }
        }

        return recipients.Count > 0
            ? recipients
            : throw fault ?? new MessageEncryptionException("There is no S/MIME certificate.");
    }

    // The platform's GCM takes a text in one piece, so this cipher holds the message once.
    private static async Task WriteAuthenticatedAsync(
        Stream message,
        byte[] contentKey,
        byte[] nonce,
        List<byte[]> recipients,
        EncodedOutput encoded,
        CancellationToken cancellationToken)
    {
        var content = new byte[message.Length];
        await message.ReadExactlyAsync(content, cancellationToken);
        var code = new byte[CodeSize];
        using (var cipher = new AesGcm(contentKey, CodeSize))
        {
            cipher.Encrypt(nonce, content, content, code);
        }

        var trailer = CmsFrame.EncodeCode(code);
        encoded.WriteEncoded(CmsFrame.Authenticated(recipients, nonce, content.Length, trailer));
        for (var start = 0; start < content.Length; start += PieceSize)
        {
            encoded.WriteEncoded(content.AsSpan(start, Math.Min(PieceSize, content.Length - start)));
            await encoded.FlushAsync(cancellationToken);
        }

        encoded.WriteEncoded(trailer);
    }

    private async Task WriteChainedAsync(
        Stream message,
        byte[] contentKey,
        byte[] iv,
        List<byte[]> recipients,
        EncodedOutput encoded,
        CancellationToken cancellationToken)
    {
        var hasAgreement = _recipients.Exists(static recipient => recipient.Curve is not null);
        var length = MessageCipher.ChainedLength(message.Length);
        encoded.WriteEncoded(CmsFrame.Chaining(recipients, hasAgreement, iv, length));

        using var cipher = MessageCipher.Chaining(contentKey, iv, encoded.WriteEncoded);
        await foreach (var chunk in MessageChunks.ReadAsync(message, cancellationToken))
        {
            cipher.Append(chunk.Span);
            await encoded.FlushAsync(cancellationToken);
        }

        cipher.Complete();
    }

    private List<byte[]> EncodeRecipients(byte[] contentKey, SeededRandom random)
    {
        try
        {
            return _recipients.ConvertAll(recipient => RecipientInfo.Encode(recipient, contentKey, _isOaep, random));
        }
        catch (CryptographicException exception)
        {
            throw new MessageEncryptionException("An S/MIME certificate has a public key that is none.", exception);
        }
    }
}
