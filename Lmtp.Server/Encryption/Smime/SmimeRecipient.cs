using System.Formats.Asn1;
using System.Security.Cryptography;
using Lmtp.Server.Encryption.Ciphers;

namespace Lmtp.Server.Encryption.Smime;

/// <summary>
/// The holder of a certificate (RFC 5280). Only what encryption needs is read; like WildDuck it asks neither who signed the
/// certificate nor whether it has expired, since the user chose it and the alternative is mail in the clear.
/// </summary>
internal sealed record SmimeRecipient
{
    /// <summary>The longest text of a certificate, in characters.</summary>
    public const int MaximumTextLength = 64 * 1024;

    /// <summary>The shortest and longest RSA modulus, in bits.</summary>
    public const int MinimumRsaBits = 2048, MaximumRsaBits = 4096;

    private const string CertificateLabel = "CERTIFICATE";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string EcPublicKey = "1.2.840.10045.2.1";

    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0);

    private SmimeRecipient(ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> issuer, ReadOnlyMemory<byte> serialNumber) =>
        (Certificate, Issuer, SerialNumber) = (certificate, issuer, serialNumber);

    /// <summary>The whole certificate.</summary>
    public ReadOnlyMemory<byte> Certificate { get; }

    /// <summary>The issuer's name, encoded.</summary>
    public ReadOnlyMemory<byte> Issuer { get; }

    /// <summary>The serial number, encoded.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>The key, where it is one of RSA.</summary>
    public RsaPublicKey? Rsa { get; private init; }

    /// <summary>The curve, where the key lies on one.</summary>
    public NistCurve? Curve { get; private init; }

    /// <summary>The public point on <see cref="Curve"/>.</summary>
    public ReadOnlyMemory<byte> Point { get; private init; }

    /// <summary>Reads the first certificate of a PEM text.</summary>
    /// <exception cref="MessageEncryptionException">It is no certificate, or nothing can be encrypted with its key.</exception>
    public static SmimeRecipient Read(string text)
    {
        if (text.Length > MaximumTextLength)
        {
            throw new MessageEncryptionException($"An S/MIME certificate is longer than {MaximumTextLength} characters.");
        }

        try
        {
            return ReadCertificate(Decode(text));
        }
        catch (Exception exception) when (exception is AsnContentException or FormatException)
        {
            throw new MessageEncryptionException("An S/MIME certificate cannot be read.", exception);
        }
    }

    private static byte[] Decode(string text)
    {
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] is CertificateLabel)
            {
                return Convert.FromBase64String(rest[fields.Base64Data].ToString());
            }

            rest = rest[fields.Location.End..];
        }

        throw new FormatException("The text has no certificate in PEM.");
    }

    private static SmimeRecipient ReadCertificate(ReadOnlyMemory<byte> encoded)
    {
        var reader = new AsnReader(encoded, AsnEncodingRules.BER);
        var content = reader.ReadSequence().ReadSequence();
        reader.ThrowIfNotEmpty();
        if (content.PeekTag().HasSameClassAndValue(Version))
        {
            content.ReadEncodedValue();
        }

        var serialNumber = content.PeekEncodedValue();
        content.ReadInteger();
        content.ReadSequence();
        var issuer = content.PeekEncodedValue();
        content.ReadSequence();
        content.ReadSequence();
        content.ReadSequence();
        return ReadKey(content.ReadSequence(), new SmimeRecipient(encoded, issuer, serialNumber));
    }

    private static SmimeRecipient ReadKey(AsnReader information, SmimeRecipient holder)
    {
        var algorithm = information.ReadSequence();
        var key = information.ReadBitString(out _);
        return algorithm.ReadObjectIdentifier() switch
        {
            RsaEncryption => holder with { Rsa = ReadRsa(key) },
            EcPublicKey => holder with { Curve = ReadCurve(algorithm, key), Point = key },
            _ => throw new MessageEncryptionException("An S/MIME certificate has a key that is neither RSA nor elliptic."),
        };
    }

    private static RsaPublicKey ReadRsa(byte[] key)
    {
        var numbers = new AsnReader(key, AsnEncodingRules.BER).ReadSequence();
        var modulus = numbers.ReadIntegerBytes();
        var rsa = new RsaPublicKey(modulus.Span, numbers.ReadIntegerBytes().Span);
        if (rsa.Bits is < MinimumRsaBits or > MaximumRsaBits || rsa.Bits % 8 != 0)
        {
            throw new MessageEncryptionException(
                $"An S/MIME certificate has an RSA key of {rsa.Bits} bits; {MinimumRsaBits} to {MaximumRsaBits} are supported.");
        }

        return rsa.IsSound ? rsa : throw new MessageEncryptionException("An S/MIME certificate has an RSA key that is none.");
    }

    private static NistCurve ReadCurve(AsnReader algorithm, byte[] point)
    {
        var curve = algorithm.HasData && algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier)
            ? NistCurve.Find(algorithm.ReadObjectIdentifier())
            : null;
        return curve?.IsPoint(point) == true
            ? curve
            : throw new MessageEncryptionException("An S/MIME certificate has an elliptic key that is not on P-256, P-384 or P-521.");
    }
}
