using System.Formats.Asn1;

namespace Lmtp.Server.Encryption.Smime;

/// <summary>
/// What stands before the encrypted content in EnvelopedData (RFC 5652 section 6.1) and AuthEnvelopedData (RFC 5083
/// section 2.1), with lengths known beforehand, so that the content needs not be held.
/// </summary>
internal static class CmsFrame
{
    private const string EnvelopedData = "1.2.840.113549.1.7.3";
    private const string AuthEnvelopedData = "1.2.840.113549.1.9.16.1.23";
    private const string Data = "1.2.840.113549.1.7.1";
    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private const string Aes256Gcm = "2.16.840.1.101.3.4.1.46";

    private const byte Sequence = 0x30;
    private const byte Set = 0x31;
    private const byte ExplicitContent = 0xA0;
    private const byte ImplicitContent = 0x80;

    /// <summary>The frame for AES-256-CBC.</summary>
    /// <param name="recipients">The encoded recipients, in the order in which they stay.</param>
    /// <param name="hasAgreement">Whether one of them is by key agreement.</param>
    /// <param name="iv">The initialization vector.</param>
    /// <param name="length">The length of the encrypted content.</param>
    public static byte[] Chaining(IEnumerable<byte[]> recipients, bool hasAgreement, byte[] iv, long length)
    {
        var algorithm = Encode(writer =>
        {
            writer.WriteObjectIdentifier(Aes256Cbc);
            writer.WriteOctetString(iv);
        });
        return Frame(EnvelopedData, hasAgreement ? 2 : 0, recipients, algorithm, length, []);
    }

    /// <summary>The frame for AES-256-GCM.</summary>
    /// <param name="recipients">The encoded recipients, in the order in which they stay.</param>
    /// <param name="nonce">The nonce.</param>
    /// <param name="length">The length of the encrypted content.</param>
    /// <param name="code">The encoded authentication code, which follows the content.</param>
    public static byte[] Authenticated(IEnumerable<byte[]> recipients, byte[] nonce, long length, byte[] code)
    {
        var algorithm = Encode(writer =>
        {
            writer.WriteObjectIdentifier(Aes256Gcm);
            using (writer.PushSequence())
            {
                writer.WriteOctetString(nonce);
                writer.WriteInteger(16);
            }
        });
        return Frame(AuthEnvelopedData, 0, recipients, algorithm, length, code);
    }

    /// <summary>The authentication code as it follows the content.</summary>
    public static byte[] EncodeCode(byte[] code)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(code);
        return writer.Encode();
    }

    private static byte[] Frame(
        string type, int version, IEnumerable<byte[]> recipients, byte[] algorithm, long length, byte[] trailer)
    {
        byte[] content = [.. Identifier(Data), .. algorithm, .. Header(ImplicitContent, length)];
        byte[] all = [.. recipients.SelectMany(static recipient => recipient)];
        byte[] before = [2, 1, (byte)version, .. Header(Set, all.Length), .. all];
        byte[] inner = [.. before, .. Header(Sequence, content.Length + length), .. content];
        var innerLength = inner.Length + length + trailer.Length;
        var sequence = Header(Sequence, innerLength);
        var wrapped = Header(ExplicitContent, sequence.Length + innerLength);
        byte[] outer = [.. Identifier(type), .. wrapped, .. sequence];
        return [.. Header(Sequence, outer.Length + innerLength), .. outer, .. inner];
    }

    private static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            write(writer);
        }

        return writer.Encode();
    }

    private static byte[] Identifier(string value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(value);
        return writer.Encode();
    }

    private static byte[] Header(byte tag, long length)
    {
        if (length < 0x80)
        {
            return [tag, (byte)length];
        }

        var size = 1;
        while (length >> (8 * size) != 0)
        {
            size++;
        }

        var header = new byte[2 + size];
        (header[0], header[1]) = (tag, (byte)(0x80 | size));
        for (var index = 0; index < size; index++)
        {
            header[^(index + 1)] = (byte)(length >> (8 * index));
        }

        return header;
    }
}
