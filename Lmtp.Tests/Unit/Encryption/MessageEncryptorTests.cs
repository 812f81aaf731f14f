using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lmtp.Server.Encryption;

namespace Lmtp.Tests.Unit.Encryption;

public sealed class MessageEncryptorTests
{
    public static TheoryData<string> Kinds { get; } = ["OpenPGP", "AES-CBC P-256", "AES-GCM RSA"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Same_message_key_and_seed_give_the_same_bytes(string kind) =>
        Assert.Equal(await EncryptedMessage.EncryptAsync(Key(kind)), await EncryptedMessage.EncryptAsync(Key(kind)));

    /// <summary>A server of another version may have to finish a delivery.</summary>
    [Theory]
    [InlineData("OpenPGP", "F98482733E645C75")]
    [InlineData("AES-CBC P-256", "93655C5B490A55EC")]
    public async Task Bytes_stay_the_same_from_version_to_version(string kind, string hash) =>
        Assert.Equal(hash, Convert.ToHexString(SHA256.HashData(await EncryptedMessage.EncryptAsync(Key(kind))))[..16]);

    [Fact]
    public async Task Certificate_that_has_expired_is_used_all_the_same()
    {
        using var certificate = X509Certificate2.CreateFromPem(SampleKeys.Rsa);
        Assert.True(certificate.NotAfter < DateTime.Now);

        Assert.NotEmpty(await EncryptedMessage.EncryptAsync(Key("AES-GCM RSA")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_seed_gives_other_bytes(string kind) =>
        AssertUnrelated(await EncryptedMessage.EncryptAsync(Key(kind), 1), await EncryptedMessage.EncryptAsync(Key(kind), 2));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_message_with_the_same_seed_gives_other_bytes(string kind)
    {
        byte[] other = [.. EncryptedMessage.Sample[..^1], (byte)(EncryptedMessage.Sample[^1] ^ 1)];

        AssertUnrelated(await EncryptedMessage.EncryptAsync(Key(kind)), await EncryptedMessage.EncryptAsync(other, Key(kind)));
    }

    [Fact]
    public async Task Another_recipient_with_the_same_seed_gives_other_bytes()
    {
        var one = await EncryptedMessage.EncryptAsync(EncryptedMessage.Smime("AES-GCM", "OAEP", SampleKeys.Rsa));
        var two = await EncryptedMessage.EncryptAsync(EncryptedMessage.Smime("AES-GCM", "OAEP", SampleKeys.Rsa, SampleKeys.Elliptic));

        AssertUnrelated(one, two);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Chosen_fields_stay_outside_and_all_others_inside(string kind)
    {
        var text = Encoding.Latin1.GetString(await EncryptedMessage.EncryptAsync(Key(kind)));

        Assert.StartsWith(
            "MIME-Version: 1.0\r\nFrom: Ann <ann@example.org>\r\nTo: Bob <bob@example.org>,\r\n Eve <eve@example.org>\r\n"
            + "Subject: Lunch\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n"
            + "References: <0@example.org>\r\nContent-Type: ",
            text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("X-Secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Output_is_recognised_as_encrypted(string kind)
    {
        var text = Encoding.Latin1.GetString(await EncryptedMessage.EncryptAsync(Key(kind)));
        var start = text.IndexOf("Content-Type: ", StringComparison.Ordinal) + "Content-Type: ".Length;

        Assert.True(MessageEncryptor.IsEncrypted(text[start..text.IndexOf("\r\n", start, StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("text/plain", false)]
    [InlineData("multipart/encrypted", true)]
    [InlineData(" Multipart/Encrypted ; boundary=x", true)]
    [InlineData("multipart/encrypted-not", false)]
    [InlineData("application/pkcs7-mime; smime-type=signed-data", false)]
    [InlineData("application/pkcs7-mime; name=smime.p7m; SMIME-TYPE = Enveloped-Data", true)]
    [InlineData("application/pkcs7-mime; smime-type=authEnveloped-data", true)]
    [InlineData("application/x-other; smime-type=enveloped-data", false)]
    public void Encrypted_message_is_known_by_its_content_type(string? contentType, bool isEncrypted) =>
        Assert.Equal(isEncrypted, MessageEncryptor.IsEncrypted(contentType));

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public async Task Seed_of_another_length_is_refused(int length)
    {
        var encryptor = new MessageEncryptor(TimeProvider.System);

        await Assert.ThrowsAsync<ArgumentException>(() => encryptor.EncryptAsync(
            Stream.Null, Key("OpenPGP"), new byte[length], Stream.Null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancelled_work_ends_with_the_cancellation()
    {
        var encryptor = new MessageEncryptor(TimeProvider.System);
        using var message = new MemoryStream(EncryptedMessage.Sample);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encryptor.EncryptAsync(
            message, Key("OpenPGP"), EncryptedMessage.Seed(1), Stream.Null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Certificates_come_before_the_OpenPGP_key_and_nothing_is_no_key()
    {
        var both = EncryptionKey.Of(["cert"], null, "", "key")!;

        Assert.Equal(EncryptionKind.Smime, both.Kind);
        Assert.Equal("AES-CBC", both.SmimeCipher);
        Assert.Equal("PKCS#1 v1.5", both.SmimeKeyTransport);
        Assert.Equal(EncryptionKind.OpenPgp, EncryptionKey.Of([], null, null, "key")!.Kind);
        Assert.Null(EncryptionKey.Of([], "AES-GCM", "OAEP", ""));
        Assert.Null(EncryptionKey.Of([], null, null, null));
    }

    [Fact]
    public async Task Long_message_is_held_at_most_once()
    {
        const int length = 32 * 1024 * 1024;
        using var source = new MemoryStream(new byte[length], writable: false);
        foreach (var (kind, limit) in new[] { ("OpenPGP", length / 4), ("AES-CBC P-256", length / 4), ("AES-GCM RSA", length * 5 / 4) })
        {
            // Memory streams answer at once, so all the work is done on this thread.
            var before = GC.GetAllocatedBytesForCurrentThread();
            var work = new MessageEncryptor(TimeProvider.System)
                .EncryptAsync(source, Key(kind), EncryptedMessage.Seed(1), Stream.Null, TestContext.Current.CancellationToken);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.True(work.IsCompleted);
            await work;
            Assert.InRange(allocated, 0, limit);
        }
    }

    internal static EncryptionKey Key(string kind) => kind switch
    {
        "OpenPGP" => EncryptedMessage.OpenPgp(SampleKeys.Curve25519),
        "AES-GCM RSA" => EncryptedMessage.Smime("AES-GCM", "OAEP", SampleKeys.Rsa),
        _ => EncryptedMessage.Smime("AES-CBC", "PKCS#1 v1.5", SampleKeys.Elliptic),
    };

    // Behind header and recipients no long run of characters is the same at the same place.
    private static void AssertUnrelated(byte[] one, byte[] two)
    {
        var start = Encoding.Latin1.GetString(one).LastIndexOf("\r\n\r\n", one.Length / 2, StringComparison.Ordinal) + 1000;
        var (run, longest) = (0, 0);
        for (var index = start; index < Math.Min(one.Length, two.Length) - 100; index++)
        {
            run = one[index] == two[index] ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        Assert.InRange(longest, 0, 16);
    }
}
