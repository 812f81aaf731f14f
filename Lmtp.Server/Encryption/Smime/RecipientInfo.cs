using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Lmtp.Server.Encryption.Ciphers;

namespace Lmtp.Server.Encryption.Smime;

/// <summary>Encodes the content key for one recipient (RFC 5652 section 6.2).</summary>
internal static class RecipientInfo
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string RsaesOaep = "1.2.840.113549.1.1.7";
    private const string Mgf1 = "1.2.840.113549.1.1.8";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string StandardDhSha256Kdf = "1.3.132.1.11.1";
    private const string Aes256Wrap = "2.16.840.1.101.3.4.1.45";

    private const int WrappingKeySize = 32;

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2);

    /// <summary>The recipient's part of the message.</summary>
    /// <exception cref="CryptographicException">The public key is no point of its curve.</exception>
    public static byte[] Encode(SmimeRecipient recipient, ReadOnlySpan<byte> contentKey, bool isOaep, SeededRandom random)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        if (recipient.Rsa is { } rsa)
        {
            WriteKeyTransport(writer, recipient, isOaep, isOaep ? rsa.EncryptOaep(contentKey, random) : rsa.EncryptPkcs1(contentKey, random));
        }
        else
        {
            WriteKeyAgreement(writer, recipient, contentKey, random);
        }

        return writer.Encode();
    }

    // KeyTransRecipientInfo (RFC 5652 section 6.2.1; RFC 3560 for OAEP).
    private static void WriteKeyTransport(AsnWriter writer, SmimeRecipient recipient, bool isOaep, byte[] encryptedKey)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            WriteIdentifier(writer, recipient);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(isOaep ? RsaesOaep : RsaEncryption);
                if (isOaep)
                {
                    WriteOaepParameters(writer);
                }
                else
                {
                    writer.WriteNull();
                }
            }

            writer.WriteOctetString(encryptedKey);
        }
    }

    private static void WriteOaepParameters(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Tag0))
            {
                WriteAlgorithm(writer, Sha256);
            }

            using (writer.PushSequence(Tag1))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Mgf1);
                WriteAlgorithm(writer, Sha256);
            }
        }
    }

    // KeyAgreeRecipientInfo (RFC 5652 section 6.2.2, RFC 5753 section 3.1.1) with a key pair for this message alone.
    private static void WriteKeyAgreement(
        AsnWriter writer, SmimeRecipient recipient, ReadOnlySpan<byte> contentKey, SeededRandom random)
    {
        var (publicPoint, secret) = recipient.Curve!.Agree(recipient.Point.Span, random);
        using (writer.PushSequence(Tag1))
        {
            writer.WriteInteger(3);
            using (writer.PushSequence(Tag0))
            using (writer.PushSequence(Tag1))
            {
                WriteAlgorithm(writer, EcPublicKey);
                writer.WriteBitString(publicPoint);
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(StandardDhSha256Kdf);
                WriteAlgorithm(writer, Aes256Wrap);
            }

            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                WriteIdentifier(writer, recipient);
                writer.WriteOctetString(AesKeyWrap.Wrap(DeriveWrappingKey(secret), contentKey));
            }
        }
    }

    // The X9.63 function over ECC-CMS-SharedInfo (RFC 5753 section 7.2); one block of SHA-256 is as long as the key.
    private static byte[] DeriveWrappingKey(byte[] secret)
    {
        var information = new AsnWriter(AsnEncodingRules.DER);
        using (information.PushSequence())
        {
            WriteAlgorithm(information, Aes256Wrap);
            using (information.PushSequence(Tag2))
            {
                Span<byte> bits = stackalloc byte[sizeof(int)];
                BinaryPrimitives.WriteInt32BigEndian(bits, WrappingKeySize * 8);
                information.WriteOctetString(bits);
            }
        }

        return SHA256.HashData([.. secret, 0, 0, 0, 1, .. information.Encode()]);
    }

    private static void WriteIdentifier(AsnWriter writer, SmimeRecipient recipient)
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(recipient.Issuer.Span);
            writer.WriteEncodedValue(recipient.SerialNumber.Span);
        }
    }

    private static void WriteAlgorithm(AsnWriter writer, string identifier)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(identifier);
        }
    }
}
