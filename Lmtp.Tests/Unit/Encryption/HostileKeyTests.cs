using System.Diagnostics;
using Lmtp.Server.Encryption;
using Lmtp.Server.Encryption.OpenPgp;
using Lmtp.Server.Encryption.Smime;

namespace Lmtp.Tests.Unit.Encryption;

/// <summary>Keys come from users: whatever they hold, mail is encrypted or refused with a reason, and soon.</summary>
public sealed class HostileKeyTests
{
    private const int Rounds = 400;

    [Fact]
    public async Task Damaged_OpenPGP_key_encrypts_or_is_refused()
    {
        using var rsa = new KeyBuilder().User().Subkey().Revoked(3, KeyBuilder.Birth.AddYears(50));
        byte[][] keys = [KeyText.Decode(SampleKeys.Curve25519), KeyText.Decode(rsa.Text())];
        await EndsAsync(random => EncryptedMessage.OpenPgp(KeyBuilder.Armour(Damage(random, keys[random.Next(keys.Length)]))));
    }

    [Fact]
    public async Task Damaged_armour_encrypts_or_is_refused() => await EndsAsync(
        random => EncryptedMessage.OpenPgp(Convert.ToChar(random.Next(128)) + DamagedText(random, SampleKeys.Curve25519)));

    [Fact]
    public async Task Random_packets_are_refused() => await EndsAsync(random =>
    {
        var packets = new byte[random.Next(300)];
        random.NextBytes(packets);
        return EncryptedMessage.OpenPgp(KeyBuilder.Armour([0xC6, 7, 4, 0, 0, 0, 0, 1, 0, .. packets]));
    });

    [Fact]
    public async Task Damaged_certificate_encrypts_or_is_refused()
    {
        string[] keys = [SampleKeys.Elliptic, SampleKeys.Rsa];
        await EndsAsync(random => EncryptedMessage.Smime(
            random.Next(2) == 0 ? "AES-CBC" : "AES-GCM", "OAEP", DamagedText(random, keys[random.Next(keys.Length)])));
    }

    [Fact]
    public async Task Text_full_of_small_packets_is_refused_soon()
    {
        using var key = new KeyBuilder();
        byte[] users = [.. Enumerable.Repeat<byte[]>([0xCD, 0], 185_000).SelectMany(static packet => packet)];
        byte[] all = [.. KeyText.Decode(key.Text()), .. users];
        var clock = Stopwatch.StartNew();

        await Assert.ThrowsAsync<MessageEncryptionException>(
            () => EncryptedMessage.EncryptAsync(EncryptedMessage.OpenPgp(KeyBuilder.Armour(all))));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("AES-CTR", "OAEP", "cipher")]
    [InlineData("AES-CBC", "none", "key transport")]
    public async Task Unknown_setting_is_refused(string cipher, string keyTransport, string reason) =>
        await RefusesAsync(EncryptedMessage.Smime(cipher, keyTransport, SampleKeys.Elliptic), reason);

    [Fact]
    public async Task Certificates_are_limited_in_length_and_number()
    {
        var longest = new string(' ', SmimeRecipient.MaximumTextLength - SampleKeys.Elliptic.Length) + SampleKeys.Elliptic;
        var most = Enumerable.Repeat(SampleKeys.Elliptic, SmimeEnvelope.MaximumRecipients).ToArray();

        Assert.NotEmpty(await EncryptedMessage.EncryptAsync(EncryptedMessage.Smime("AES-CBC", "OAEP", longest)));
        await RefusesAsync(EncryptedMessage.Smime("AES-CBC", "OAEP", " " + longest), "longer than");
        Assert.NotEmpty(await EncryptedMessage.EncryptAsync(EncryptedMessage.Smime("AES-CBC", "OAEP", most)));
        await RefusesAsync(EncryptedMessage.Smime("AES-CBC", "OAEP", [.. most, SampleKeys.Rsa]), "more than");
    }

    private static async Task RefusesAsync(EncryptionKey key, string reason)
    {
        var refusal = await Assert.ThrowsAsync<MessageEncryptionException>(() => EncryptedMessage.EncryptAsync(key));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task EndsAsync(Func<Random, EncryptionKey> make)
    {
        var first = Random.Shared.Next();
        for (var seed = first; seed != first + Rounds; seed++)
        {
            var key = make(new Random(seed));
            var clock = Stopwatch.StartNew();
            using var output = new MemoryStream();
            using var message = new MemoryStream(EncryptedMessage.Sample[..1000]);
            var fault = await Record.ExceptionAsync(() => new MessageEncryptor(TimeProvider.System).EncryptAsync(
                message, key, EncryptedMessage.Seed(1), output, TestContext.Current.CancellationToken));

            Assert.True(fault is null or MessageEncryptionException, $"seed {seed}: {fault}");
            Assert.True(fault is null || output.Length == 0, $"seed {seed}: something was written");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"seed {seed}: {clock.Elapsed}");
        }
    }

    private static byte[] Damage(Random random, byte[] bytes)
    {
        var damaged = (byte[])bytes.Clone();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return random.Next(8) switch
        {
            0 => damaged[..random.Next(damaged.Length)],
            1 => [.. damaged, .. damaged],
            2 => [.. damaged[..random.Next(damaged.Length)], .. damaged[random.Next(damaged.Length)..]],
            _ => damaged,
        };
    }

    private static string DamagedText(Random random, string text) =>
        new([.. Damage(random, [.. text.Select(static character => (byte)character)]).Select(static value => (char)value)]);
}
