using System.Text;
using Lmtp.Server.Encryption;
using Lmtp.Tests.Unit.Encryption;

namespace Lmtp.Tests.Integration.Encryption;

/// <summary>OpenSSL reads what is encrypted for its certificates, and it is what WildDuck makes of the same message.</summary>
public sealed class SmimeTests
{
    private const string Pkcs1 = "PKCS#1 v1.5";
    private const string Oaep = "OAEP";
    private const string Chaining = "AES-CBC";
    private const string Authenticated = "AES-GCM";

    public static TheoryData<string, string, string[]> Choices { get; } = new()
    {
        { Chaining, Pkcs1, ["rsa:2048"] },
        { Chaining, Oaep, ["rsa:2048"] },
        { Authenticated, Pkcs1, ["rsa:4096"] },
        { Authenticated, Oaep, ["rsa:3072"] },
        { Chaining, Pkcs1, ["P-256"] },
        { Authenticated, Pkcs1, ["P-384"] },
        { Chaining, Pkcs1, ["rsa:2048", "P-521", "rsa:3072"] },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task Message_is_decrypted_by_each_recipient(string cipher, string keyTransport, string[] algorithms)
    {
        using var openSsl = OpenSsl.Open();
        var certificates = await CertifyAsync(openSsl, algorithms);

        var encrypted = await EncryptedMessage.EncryptAsync(EncryptedMessage.Smime(cipher, keyTransport, certificates));

        foreach (var algorithm in algorithms)
        {
            var name = Name(algorithm);
            Assert.Equal(EncryptedMessage.Sample, await openSsl.DecryptAsync(name, EncryptedMessage.Structure(encrypted)));
            Assert.Equal(EncryptedMessage.Sample, await openSsl.DecryptAsync(name, encrypted, isMessage: true));
        }
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task Message_has_the_shape_of_WildDucks(string cipher, string keyTransport, string[] algorithms)
    {
        using var openSsl = OpenSsl.Open();
        using var wildDuck = new WildDuckEncryption();
        var certificates = await CertifyAsync(openSsl, algorithms);

        var theirs = await wildDuck.EncryptSmimeAsync(EncryptedMessage.Sample, cipher, keyTransport, certificates);
        var ours = await EncryptedMessage.EncryptAsync(EncryptedMessage.Smime(cipher, keyTransport, certificates));

        Assert.Equal(Header(theirs!), Header(ours));
        Assert.Equal(theirs!.Length, ours.Length);
        Assert.Equal(
            await openSsl.DescribeAsync(EncryptedMessage.Structure(theirs)),
            await openSsl.DescribeAsync(EncryptedMessage.Structure(ours)));
        Assert.All(Encoding.Latin1.GetString(ours).Split("\r\n")[^3..^2], static line => Assert.InRange(line.Length, 1, 76));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(16 * 1024)]
    [InlineData(65_535)]
    [InlineData(200_000)]
    public async Task Message_of_any_length_is_decrypted(int length)
    {
        using var openSsl = OpenSsl.Open();
        var certificate = await openSsl.CertifyAsync("one", "P-256");
        var message = new byte[length];
        new Random(length).NextBytes(message);

        foreach (var cipher in new[] { Chaining, Authenticated })
        {
            var encrypted = await EncryptedMessage.EncryptAsync(message, EncryptedMessage.Smime(cipher, Oaep, certificate));
            Assert.Equal(message, await openSsl.DecryptAsync("one", EncryptedMessage.Structure(encrypted)));
        }
    }

    [Theory]
    [InlineData("rsa:2040", "2040 bits")]
    [InlineData("rsa:4104", "4104 bits")]
    [InlineData("secp256k1", "not on P-256")]
    [InlineData("ed25519", "neither RSA nor elliptic")]
    public async Task Certificate_that_WildDuck_refuses_is_refused(string algorithm, string reason)
    {
        using var openSsl = OpenSsl.Open();
        var bad = await openSsl.CertifyAsync("bad", algorithm);
        var good = await openSsl.CertifyAsync("good", "P-256");

        var refusal = await Assert.ThrowsAsync<MessageEncryptionException>(
            () => EncryptedMessage.EncryptAsync(EncryptedMessage.Smime(Chaining, Pkcs1, bad)));
        var encrypted = await EncryptedMessage.EncryptAsync(EncryptedMessage.Smime(Chaining, Pkcs1, bad, "hello", good));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(EncryptedMessage.Sample, await openSsl.DecryptAsync("good", EncryptedMessage.Structure(encrypted)));
    }

    private static string Name(string algorithm) => algorithm.Replace(':', '-');

    private static async Task<string[]> CertifyAsync(OpenSsl openSsl, string[] algorithms)
    {
        var certificates = new string[algorithms.Length];
        for (var index = 0; index < algorithms.Length; index++)
        {
            certificates[index] = await openSsl.CertifyAsync(Name(algorithms[index]), algorithms[index]);
        }

        return certificates;
    }

    private static string Header(byte[] encrypted)
    {
        var text = Encoding.Latin1.GetString(encrypted);
        return text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
    }
}
