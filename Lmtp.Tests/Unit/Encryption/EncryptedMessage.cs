using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Server.Encryption;

namespace Lmtp.Tests.Unit.Encryption;

/// <summary>Encrypts in one call, and takes apart what came out.</summary>
internal static partial class EncryptedMessage
{
    /// <summary>A message with folded, long and 8-bit fields, and a body that is no text.</summary>
    public static byte[] Sample { get; } = MakeSample();

    /// <summary>A seed of which every byte is the same.</summary>
    public static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, MessageEncryptor.SeedSize)];

    public static EncryptionKey OpenPgp(string text) => EncryptionKey.Of([], null, null, text)!;

    public static EncryptionKey Smime(string cipher, string keyTransport, params string[] certificates) =>
        EncryptionKey.Of(certificates, cipher, keyTransport, null)!;

    public static Task<byte[]> EncryptAsync(EncryptionKey key, byte seed = 1) => EncryptAsync(Sample, key, seed);

    public static async Task<byte[]> EncryptAsync(byte[] message, EncryptionKey key, byte seed = 1, TimeProvider? time = null)
    {
        using var source = new MemoryStream(message, writable: false);
        using var output = new MemoryStream();
        await new MessageEncryptor(time ?? TimeProvider.System)
            .EncryptAsync(source, key, Seed(seed), output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    /// <summary>The armoured part of an OpenPGP message.</summary>
    public static string Armour(byte[] encrypted) => ArmourPattern().Match(Encoding.Latin1.GetString(encrypted)).Value;

    /// <summary>The CMS structure of an S/MIME message.</summary>
    public static byte[] Structure(byte[] encrypted)
    {
        var text = Encoding.Latin1.GetString(encrypted);
        return Convert.FromBase64String(text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }

    [GeneratedRegex("-----BEGIN PGP MESSAGE-----.*-----END PGP MESSAGE-----\r?\n", RegexOptions.Singleline)]
    private static partial Regex ArmourPattern();

    private static byte[] MakeSample()
    {
        var body = new byte[50_000];
        new Random(7).NextBytes(body);
        return
        [
            .. "From: Ann <ann@example.org>\r\nTo: Bob <bob@example.org>,\r\n Eve <eve@example.org>\r\n"u8,
            .. "Subject: Lunch\r\nX-Secret: inside only\r\nMIME-Version: 1.0\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n"u8,
            .. "Message-ID: <1@example.org>\r\nContent-Type: text/plain\r\nReferences: <0@example.org>\r\n\r\n"u8,
            .. body,
        ];
    }
}
