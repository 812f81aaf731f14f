using Lmtp.Server.Encryption;
using Lmtp.Tests.Unit.Encryption;

namespace Lmtp.Tests.Integration.Encryption;

/// <summary>GnuPG reads what is encrypted for its keys.</summary>
public sealed class GnuPgTests
{
    [Theory]
    [InlineData("rsa2048", "rsa3072")]
    [InlineData("rsa3072", "cv25519")]
    [InlineData("ed25519", "cv25519")]
    [InlineData("ed25519", "nistp256")]
    [InlineData("nistp256", "nistp256")]
    [InlineData("nistp384", "nistp384")]
    [InlineData("nistp521", "nistp521")]
    public async Task Message_is_decrypted_to_the_same_bytes(string primary, string subkey)
    {
        await using var gpg = GnuPg.Open();
        var user = await gpg.GenerateAsync(primary, subkey);

        var encrypted = await EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(await gpg.ExportAsync(user)));
        var (message, said) = await gpg.DecryptAsync(EncryptedMessage.Armour(encrypted));

        Assert.Equal(EncryptedMessage.Sample, message);
        Assert.Contains("GOODMDC", said, StringComparison.Ordinal);
        Assert.Contains("DECRYPTION_INFO 2 9", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(190)]
    [InlineData(8_400)]
    [InlineData(16 * 1024 - 24)]
    [InlineData(64 * 1024)]
    [InlineData(300_001)]
    public async Task Message_of_any_length_is_decrypted(int length)
    {
        await using var gpg = GnuPg.Open();
        var user = await gpg.GenerateAsync("ed25519", "cv25519");
        var message = new byte[length];
        new Random(length).NextBytes(message);

        var encrypted = await EncryptedMessage.EncryptAsync(message, EncryptedMessage.OpenPgp(await gpg.ExportAsync(user)));

        Assert.Equal(message, (await gpg.DecryptAsync(EncryptedMessage.Armour(encrypted))).Message);
    }

    [Fact]
    public async Task Key_of_GnuPG_is_refused_once_it_has_expired()
    {
        await using var gpg = GnuPg.Open();
        var user = await gpg.GenerateAsync("ed25519", "cv25519");
        await gpg.ExpireAsync(user, 3600);
        var key = EncryptedMessage.OpenPgp(await gpg.ExportAsync(user));

        Assert.NotEmpty(await EncryptedMessage.EncryptAsync(key));
        var refusal = await Assert.ThrowsAsync<MessageEncryptionException>(
            () => EncryptedMessage.EncryptAsync(EncryptedMessage.Sample, key, time: new LaterTime(TimeSpan.FromHours(2))));
        Assert.Contains("expired", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_that_GnuPG_revoked_is_refused()
    {
        await using var gpg = GnuPg.Open();
        var user = await gpg.GenerateAsync("ed25519", "cv25519");
        await gpg.RevokeAsync(user);

        await RefusesAsync(await gpg.ExportAsync(user), "revoked");
    }

    [Fact]
    public async Task Key_of_GnuPG_for_signing_alone_is_refused()
    {
        await using var gpg = GnuPg.Open();
        var user = await gpg.GenerateAsync("ed25519", subkey: null);

        await RefusesAsync(await gpg.ExportAsync(user), "has no key for encryption");
    }

    [Fact]
    public async Task Key_of_an_unsupported_kind_is_refused()
    {
        await using var gpg = GnuPg.Open();
        var user = await gpg.GenerateAsync("dsa2048", "elg");

        await RefusesAsync(await gpg.ExportAsync(user), "not supported");
    }

    private static async Task RefusesAsync(string key, string reason)
    {
        var refusal = await Assert.ThrowsAsync<MessageEncryptionException>(
            () => EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(key)));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private sealed class LaterTime(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
    }
}
