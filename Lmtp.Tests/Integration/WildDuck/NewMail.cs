using System.Net;
using System.Security.Cryptography;
using System.Text;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>Small messages for tests that make their own.</summary>
internal static class NewMail
{
    public const string Sender = "sender@example.net";

    /// <summary>A message whose Message-ID and attachment no other has.</summary>
    public static byte[] Create(string subject) => Encoding.ASCII.GetBytes(
        $"""
        From: Alice <alice@example.net>
        To: Reader <reader@example.com>
        Subject: {subject}
        Date: Mon, 01 Jun 2026 10:00:00 +0000
        Message-ID: <{Guid.NewGuid():N}@example.net>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=part

        --part
        Content-Type: text/plain

        Words of {subject}.
        --part
        Content-Type: application/octet-stream; name=data.bin
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename=data.bin

        {Convert.ToBase64String(RandomNumberGenerator.GetBytes(57))}
        --part--

        """.ReplaceLineEndings("\r\n"));

    /// <summary>Delivers a message and returns the reply.</summary>
    public static async Task<string> DeliverAsync(EndPoint server, string recipient, byte[] message, string sender = Sender)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var client = await LmtpClient.OpenAsync(server, cancellationToken);
        return Assert.Single(await client.DeliverAsync(sender, [recipient], message, cancellationToken));
    }
}
