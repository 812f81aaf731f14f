using System.Globalization;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Mail for the users of API tests.</summary>
internal static class ApiMail
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Hands a message over; returns its id.</summary>
    public static async Task<string> DeliverAsync(this ApiSystem system, UserResponse user, byte[] message)
    {
        await using var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token);
        var reply = Assert.Single(await client.DeliverAsync("carol@example.org", [user.Address], message, Token));
        Assert.StartsWith("250 2.1.5", reply, StringComparison.Ordinal);
        return StoredReply.MessageId(reply);
    }

    /// <summary>Hands a message of one text part over; returns its id.</summary>
    public static Task<string> DeliverAsync(
        this ApiSystem system, UserResponse user, string subject, string text = "Text.", string from = "carol@example.org", string? to = null) =>
        system.DeliverAsync(user, Bytes($"""
            From: {from}
            To: {to ?? user.Address}
            Subject: {subject}
            Message-ID: <{Guid.NewGuid():N}@example.org>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8

            {text}

            """));

    /// <summary>Hands a message with an attachment over; returns its id.</summary>
    public static Task<string> DeliverAttachmentAsync(this ApiSystem system, UserResponse user, string header, string body) =>
        system.DeliverAsync(user, Bytes($"""
            From: carol@example.org
            To: {user.Address}
            Subject: With attachment
            Message-ID: <{Guid.NewGuid():N}@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Text.
            --b
            {header.Trim()}

            {body}
            --b--

            """));

    /// <summary>A mailbox by its path.</summary>
    public static async Task<MailboxResponse> MailboxAsync(this ApiSystem system, UserResponse user, string path = "INBOX") =>
        (await system.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == path);

    private static byte[] Bytes(FormattableString text) =>
        Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings("\r\n"));
}
