using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Server.Encryption;
using Lmtp.Tests.Unit.Encryption;

namespace Lmtp.Tests.Integration.Encryption;

/// <summary>What is encrypted for a key of openpgp.js is what WildDuck makes of the same message.</summary>
public sealed partial class OpenPgpJsTests
{
    // A number begins with zeros, which are not written, once in 256 times (RFC 9580 section 3.2), and makes what it is in shorter.
    private const int MostSeeds = 4;

    [Theory]
    [InlineData("""{ "type": "ecc", "curve": "curve25519Legacy" }""")]
    [InlineData("""{ "type": "curve25519" }""")]
    [InlineData("""{ "type": "rsa", "rsaBits": 2048 }""")]
    [InlineData("""{ "type": "ecc", "curve": "nistP256" }""")]
    [InlineData("""{ "type": "ecc", "curve": "nistP384" }""")]
    [InlineData("""{ "type": "ecc", "curve": "nistP521" }""")]
    [InlineData("""{ "type": "ecc", "curve": "curve25519Legacy", "subkeys": [{}, {}, { "sign": true }] }""")]
    public async Task Message_has_the_bytes_and_the_shape_of_WildDucks(string options)
    {
        using var wildDuck = new WildDuckEncryption();
        var (publicKey, privateKey) = await wildDuck.GenerateAsync(options);

        byte[]? theirs;
        byte[] ours;
        byte seed = 0;
        do
        {
            theirs = await wildDuck.EncryptOpenPgpAsync(EncryptedMessage.Sample, publicKey);
            ours = await EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(publicKey), ++seed);
        }
        while (Frame(theirs!) != Frame(ours) && seed < MostSeeds);

        Assert.Equal(Frame(theirs!), Frame(ours));
        var armour = EncryptedMessage.Armour(ours);
        Assert.Equal(EncryptedMessage.Sample, await wildDuck.DecryptAsync(privateKey, armour));
        Assert.Equal(
            await wildDuck.ShapeAsync(privateKey, EncryptedMessage.Armour(theirs!)), await wildDuck.ShapeAsync(privateKey, armour));
    }

    [Theory]
    [InlineData("""{ "type": "ecc", "curve": "curve25519Legacy", "subkeys": [] }""")]
    [InlineData("""{ "type": "ecc", "curve": "curve25519Legacy", "date": "2020-01-01T00:00:00Z", "keyExpirationTime": 86400 }""")]
    public async Task Key_that_WildDuck_refuses_is_refused(string options)
    {
        using var wildDuck = new WildDuckEncryption();
        var (publicKey, _) = await wildDuck.GenerateAsync(options);

        Assert.Null(await wildDuck.EncryptOpenPgpAsync(EncryptedMessage.Sample, publicKey));
        await Assert.ThrowsAsync<MessageEncryptionException>(() => EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(publicKey)));
    }

    /// <summary>Everything but the boundary and the ciphertext, with one kind of line ends and the armour's line lengths.</summary>
    private static string Frame(byte[] encrypted)
    {
        var text = Encoding.Latin1.GetString(encrypted).Replace("\r\n", "\n", StringComparison.Ordinal);
        text = Boundary().Replace(text, "nm_…");
        return Ciphertext().Replace(text, static match => $"{match.Length} characters\n");
    }

    [GeneratedRegex("nm_[0-9a-f]{28}")]
    private static partial Regex Boundary();

    [GeneratedRegex("^[A-Za-z0-9+/=]{4,}\n", RegexOptions.Multiline)]
    private static partial Regex Ciphertext();
}
