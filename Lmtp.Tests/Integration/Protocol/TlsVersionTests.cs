using System.Buffers.Binary;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>
/// TLS 1.0 and 1.1 are refused (RFC 8996). The ClientHello is put together here, because no client library of today sends
/// one of them.
/// </summary>
public sealed class TlsVersionTests : IDisposable
{
    private const byte Alert = 0x15;
    private const byte Handshake = 0x16;
    private const byte ServerHello = 0x02;

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("Implicit", 0x0300)]
    [InlineData("Implicit", 0x0301)]
    [InlineData("Implicit", 0x0302)]
    [InlineData("StartTls", 0x0300)]
    [InlineData("StartTls", 0x0301)]
    [InlineData("StartTls", 0x0302)]
    public async Task Version_before_1_2_is_refused(string mode, ushort version)
    {
        var (type, _) = await AnswerAsync(mode, version);

        Assert.NotEqual(Handshake, type);
    }

    [Theory]
    [InlineData("Implicit")]
    [InlineData("StartTls")]
    public async Task Version_1_2_is_taken_by_the_same_hello(string mode) =>
        Assert.Equal((Handshake, ServerHello), await AnswerAsync(mode, 0x0303));

    /// <summary>The type of the record that the server answers with, and the first byte of its content; zeros when it only closes.</summary>
    private async Task<(byte Type, byte First)> AnswerAsync(string mode, ushort version)
    {
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:Tls:Mode"] = mode,
            ["Lmtp:Listeners:0:Tls:CertificatePath"] = _certificates.ServerPath,
            ["Lmtp:Listeners:0:Tls:KeyPath"] = _certificates.ServerKeyPath,
        });
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        if (mode == "StartTls")
        {
            await client.ReadReplyAsync();
            await client.AskAsync("LHLO x");
            await client.AskAsync("STARTTLS");
        }

        await client.Stream.WriteAsync(ClientHello(version), TestContext.Current.CancellationToken);
        var answer = new byte[6];
        var length = await client.Stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken);
        Assert.True(length == 0 || answer[0] is Alert or Handshake, Convert.ToHexString(answer));
        return (answer[0], answer[5]);
    }

    /// <summary>RFC 5246 section 7.4.1.2, with suites that versions 1.0 to 1.2 share.</summary>
    private static byte[] ClientHello(ushort version)
    {
        byte[] suites = [0xC0, 0x09, 0xC0, 0x0A, 0xC0, 0x2B, 0xC0, 0x2C];
        byte[] extensions =
        [
            0x00, 0x0A, 0x00, 0x04, 0x00, 0x02, 0x00, 0x17, // supported_groups: secp256r1
            0x00, 0x0B, 0x00, 0x02, 0x01, 0x00, // ec_point_formats: uncompressed
            0x00, 0x0D, 0x00, 0x06, 0x00, 0x04, 0x04, 0x03, 0x02, 0x03, // signature_algorithms: ECDSA with SHA-256 and SHA-1
        ];
        byte[] body =
        [
            .. Number(version, 2), .. new byte[32], 0, .. Number(suites.Length, 2), .. suites, 1, 0, .. Number(extensions.Length, 2), .. extensions,
        ];
        byte[] message = [0x01, .. Number(body.Length, 3), .. body];
        return [Handshake, 0x03, 0x01, .. Number(message.Length, 2), .. message];
    }

    private static byte[] Number(int value, int bytes)
    {
        var buffer = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(buffer, value);
        return buffer[^bytes..];
    }
}
