using Lmtp.Server.Encryption;
using Lmtp.Server.Encryption.OpenPgp;

namespace Lmtp.Tests.Unit.Encryption;

/// <summary>Which keys mail is encrypted with, and what the user reads where it is not.</summary>
public sealed class OpenPgpKeyTests
{
    private const int Year = 365 * 24 * 3600;

    [Fact]
    public void Subkey_for_encryption_is_chosen_before_the_primary_key()
    {
        using var key = new KeyBuilder().User(KeyBuilder.Sign | KeyBuilder.Encrypt).Subkey();
        var certificate = OpenPgpCertificate.Read(KeyText.Decode(key.Text()));

        Assert.Same(certificate.Subkeys[0].Key, EncryptionKeyChoice.Make(certificate, KeyBuilder.Birth.AddDays(1)).Key);
    }

    [Fact]
    public void Newest_good_subkey_is_chosen()
    {
        using var key = new KeyBuilder().User().Subkey(age: 3).Subkey(age: 2).Subkey(age: 1, isRevoked: true).Subkey(age: 4);
        var certificate = OpenPgpCertificate.Read(KeyText.Decode(key.Text()));

        Assert.Same(certificate.Subkeys[1].Key, EncryptionKeyChoice.Make(certificate, KeyBuilder.Birth.AddDays(1)).Key);
    }

    [Fact]
    public void Primary_key_is_chosen_where_no_subkey_may_encrypt()
    {
        using var key = new KeyBuilder().User(KeyBuilder.Encrypt).Subkey(KeyBuilder.Sign);
        var certificate = OpenPgpCertificate.Read(KeyText.Decode(key.Text()));

        var choice = EncryptionKeyChoice.Make(certificate, KeyBuilder.Birth.AddDays(1));

        Assert.Same(certificate.Primary, choice.Key);
        Assert.True(choice.UsesAes256);
    }

    [Fact]
    public async Task Key_that_may_only_sign_is_refused() =>
        await RefusesAsync(static key => key.User().Subkey(KeyBuilder.Sign), "has no key for encryption");

    [Fact]
    public async Task Key_without_a_user_is_refused() => await RefusesAsync(static key => key.Subkey(), "no user");

    [Fact]
    public async Task Key_whose_user_is_revoked_is_refused() =>
        await RefusesAsync(static key => key.User(isRevoked: true).Subkey(), "revoked");

    [Fact]
    public async Task Revoked_key_is_refused() => await RefusesAsync(static key => key.User().Subkey().Revoked(), "is revoked");

    [Fact]
    public async Task Key_with_a_revoked_subkey_alone_is_refused() =>
        await RefusesAsync(static key => key.User().Subkey(isRevoked: true), "is revoked");

    [Fact]
    public async Task Key_that_a_stolen_secret_revokes_in_the_future_is_refused_today() =>
        await RefusesAsync(static key => key.User().Subkey().Revoked(2, KeyBuilder.Birth.AddYears(50)), "is revoked");

    [Fact]
    public async Task Key_that_retires_in_the_future_is_good_today()
    {
        using var key = new KeyBuilder().User().Subkey().Revoked(3, KeyBuilder.Birth.AddYears(50));

        Assert.NotEmpty(await EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(key.Text())));
    }

    [Theory]
    [InlineData(Year, 0)]
    [InlineData(0, Year)]
    public async Task Key_is_good_until_the_second_in_which_it_expires(int keyLifetime, int subkeyLifetime)
    {
        using var key = new KeyBuilder().User(lifetime: keyLifetime).Subkey(lifetime: subkeyLifetime);
        var end = KeyBuilder.Birth.AddSeconds(Year);

        Assert.NotEmpty(await EncryptAtAsync(key.Text(), end.AddSeconds(-1)));
        var refusal = await Assert.ThrowsAsync<MessageEncryptionException>(() => EncryptAtAsync(key.Text(), end));
        Assert.Contains("expired", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2040, false)]
    [InlineData(2048, true)]
    public async Task Rsa_keys_begin_at_2048_bits(int bits, bool isGood)
    {
        using var weakPrimary = new KeyBuilder(bits).User().Subkey();
        using var weakSubkey = new KeyBuilder().User().Subkey(bits: bits);

        foreach (var text in new[] { weakPrimary.Text(), weakSubkey.Text() })
        {
            var fault = await Record.ExceptionAsync(() => EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(text)));
            Assert.Equal(isGood, fault is null);
            Assert.True(isGood || fault is MessageEncryptionException, fault?.ToString());
        }
    }

    [Theory]
    [InlineData(16384, "no user")]
    [InlineData(16392, "16392 bits")]
    public async Task Rsa_keys_end_at_16384_bits(int bits, string reason)
    {
        var modulus = new byte[bits / 8];
        Array.Fill(modulus, (byte)0xFF);

        await RefusesAsync(KeyBuilder.OfNumbers(modulus, [1, 0, 1]), reason);
    }

    [Theory]
    [InlineData(new byte[] { 1 }, "is none")]
    [InlineData(new byte[] { 2 }, "is none")]
    [InlineData(new byte[] { 3 }, "no user")]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "no user")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 1 }, "is none")]
    public async Task Public_exponent_is_odd_and_from_3_to_64_bits(byte[] exponent, string reason)
    {
        var modulus = new byte[256];
        Array.Fill(modulus, (byte)0xFF);

        await RefusesAsync(KeyBuilder.OfNumbers(modulus, exponent), reason);
    }

    [Fact]
    public async Task Text_of_the_greatest_length_is_read_and_a_longer_one_refused()
    {
        using var key = new KeyBuilder().User().Subkey();
        var text = key.Text();
        var longest = new string(' ', KeyText.MaximumLength - text.Length) + text;

        Assert.NotEmpty(await EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(longest)));
        await RefusesAsync(" " + longest, "longer than");
    }

    [Fact]
    public async Task Signatures_are_checked_up_to_their_limit()
    {
        // Each user has one, and so has the subkey.
        const int most = SignatureChecker.MaximumChecks - 1;
        using var users = new KeyBuilder();
        Repeat(users, most);
        Assert.NotEmpty(await EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(users.Subkey().Text())));

        using var more = new KeyBuilder();
        Repeat(more, most + 1);
        await RefusesAsync(more.Subkey().Text(), "signatures of its own");
    }

    [Fact]
    public async Task Reason_says_what_is_wrong_with_the_text()
    {
        await RefusesAsync("hello", "no armoured OpenPGP key");
        await RefusesAsync("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAAAA\n-----END PGP PRIVATE KEY BLOCK-----", "private key");
        await RefusesAsync("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n&&&&\n-----END PGP PUBLIC KEY BLOCK-----", "damaged");
        await RefusesAsync(KeyBuilder.Armour([]), "no public key");
        await RefusesAsync(KeyBuilder.Armour([0xC6, 1, 9]), "not supported");
        await RefusesAsync(KeyBuilder.Armour([0xC6, 200, 9]), "ends too early");
    }

    [Theory]
    [InlineData("\n\n", "\n")]
    [InlineData("\n\n", "\nVersion: GnuPG v2\nComment: hello\n\n")]
    [InlineData("\n", "\r\n")]
    [InlineData("\n-----END", "\n=AbCd\n-----END")]
    public async Task Armour_is_read_loosely(string found, string instead)
    {
        using var key = new KeyBuilder().User().Subkey();
        var text = key.Text().Replace(found, instead, StringComparison.Ordinal);

        Assert.NotEmpty(await EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(text)));
    }

    [Fact]
    public async Task Parts_of_unknown_kinds_are_passed_over()
    {
        using var key = new KeyBuilder().User().Packet(17, 1, 2, 3).Packet(14, 6, 0, 0, 0, 0, 25).Packet(12, 1).Packet(2, 3).Subkey();

        Assert.NotEmpty(await EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(key.Text())));
    }

    private static void Repeat(KeyBuilder key, int users)
    {
        for (var index = 0; index < users; index++)
        {
            key.User();
        }
    }

    private static Task<byte[]> EncryptAtAsync(string text, DateTimeOffset now) =>
        EncryptedMessage.EncryptAsync(EncryptedMessage.Sample, EncryptedMessage.OpenPgp(text), time: new FixedTime(now));

    private static async Task RefusesAsync(Func<KeyBuilder, KeyBuilder> build, string reason)
    {
        using var key = new KeyBuilder();
        await RefusesAsync(build(key).Text(), reason);
    }

    private static async Task RefusesAsync(string text, string reason)
    {
        var refusal = await Assert.ThrowsAsync<MessageEncryptionException>(
            () => EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(text)));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
