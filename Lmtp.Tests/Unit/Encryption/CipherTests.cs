using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Lmtp.Server.Encryption;
using Lmtp.Server.Encryption.Ciphers;

namespace Lmtp.Tests.Unit.Encryption;

/// <summary>The parts that randomness from a seed asks us to write ourselves.</summary>
public sealed class CipherTests
{
    [Theory]
    [InlineData(
        "000102030405060708090A0B0C0D0E0F",
        "00112233445566778899AABBCCDDEEFF",
        "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5")]
    [InlineData(
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
        "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F",
        "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21")]
    public void Wrapped_key_is_as_RFC_3394_publishes(string wrappingKey, string key, string wrapped) => Assert.Equal(
        wrapped, Convert.ToHexString(AesKeyWrap.Wrap(Convert.FromHexString(wrappingKey), Convert.FromHexString(key))));

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(35)]
    public void Rsa_padding_is_understood_by_the_platform(int length)
    {
        using var rsa = RsaKeys.Open(2048, 0);
        using var random = new SeededRandom(EncryptedMessage.Seed(3));
        var numbers = rsa.ExportParameters(false);
        var key = new RsaPublicKey(numbers.Modulus, numbers.Exponent);
        var text = random.Next(length);

        Assert.Equal(text, rsa.Decrypt(key.EncryptPkcs1(text, random), RSAEncryptionPadding.Pkcs1));
        Assert.Equal(text, rsa.Decrypt(key.EncryptOaep(text, random), RSAEncryptionPadding.OaepSHA256));
    }

    [Fact]
    public void Sequence_is_the_same_in_pieces_of_any_size_and_differs_by_key()
    {
        using var whole = new SeededRandom(EncryptedMessage.Seed(1));
        using var pieces = new SeededRandom(EncryptedMessage.Seed(1));
        using var other = new SeededRandom(EncryptedMessage.Seed(2));
        var expected = whole.Next(1000);

        byte[] joined = [.. Enumerable.Range(0, 44).SelectMany(pieces.Next)];

        Assert.Equal(expected[..joined.Length], joined);
        Assert.NotEqual(expected, other.Next(1000));
        Assert.InRange(expected.Distinct().Count(), 200, 256);
    }

    [Fact]
    public void Numbers_stay_between_their_limits()
    {
        using var random = new SeededRandom(EncryptedMessage.Seed(1));
        var drawn = Enumerable.Range(0, 2000).Select(_ => new BigInteger(random.NextBelow(300, 2), isUnsigned: true, isBigEndian: true)).ToList();
        var filled = new byte[5000];
        random.FillNonZero(filled);

        Assert.All(drawn, static number => Assert.InRange(number, 1, 299));
        Assert.Contains(new BigInteger(1), drawn);
        Assert.Contains(new BigInteger(299), drawn);
        Assert.DoesNotContain((byte)0, filled);
    }

    [Theory]
    [InlineData("1.2.840.10045.3.1.7")]
    [InlineData("1.3.132.0.34")]
    [InlineData("1.3.132.0.35")]
    public void Secret_of_a_curve_is_the_one_the_holder_finds(string oid)
    {
        var curve = NistCurve.Find(oid)!;
        using var holder = ECDiffieHellman.Create(ECCurve.CreateFromValue(oid));
        using var random = new SeededRandom(EncryptedMessage.Seed(4));
        var point = holder.ExportParameters(false).Q;

        var (publicPoint, secret) = curve.Agree([4, .. point.X!, .. point.Y!], random);

        var theirs = new ECPoint { X = publicPoint[1..(curve.FieldSize + 1)], Y = publicPoint[(curve.FieldSize + 1)..] };
        using var sender = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.CreateFromValue(oid), Q = theirs });
        Assert.Equal(holder.DeriveRawSecretAgreement(sender.PublicKey), secret);
        Assert.Equal(curve.FieldSize, secret.Length);
    }

    [Fact]
    public void Point_off_its_curve_is_found()
    {
        var curve = NistCurve.Find("1.2.840.10045.3.1.7")!;
        var point = new byte[curve.PointSize];
        point[0] = 4;

        Assert.False(curve.IsPoint(point));
        Assert.False(curve.IsPoint([]));
        Assert.Null(NistCurve.Find("1.3.132.0.10"));
    }

    [Fact]
    public void Base64_has_full_lines_and_one_rest()
    {
        for (var length = 0; length < 200; length++)
        {
            var bytes = RandomNumberGenerator.GetBytes(length);
            var text = new ArrayBufferWriter<byte>();
            var lines = new Base64Lines(text, 60);
            lines.Append(bytes.AsSpan(0, length / 3));
            lines.Append(bytes.AsSpan(length / 3));
            lines.Complete();

            var read = Encoding.ASCII.GetString(text.WrittenSpan).Split("\r\n");
            Assert.Equal(bytes, Convert.FromBase64String(string.Concat(read)));
            Assert.All(read.SkipLast(2), static line => Assert.Equal(60, line.Length));
            Assert.Empty(read[^1]);
        }
    }
}
