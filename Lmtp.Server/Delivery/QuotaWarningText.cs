using System.Globalization;
using MimeKit;
using MimeKit.Utils;

namespace Lmtp.Server.Delivery;

/// <summary>Composes the mail that tells a user that the mailbox is nearly full.</summary>
internal static class QuotaWarningText
{
    private const int BytesPerMebibyte = 1024 * 1024;

    public static async Task<byte[]> ComposeAsync(
        string address, long used, long limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress("Mail server", $"mailer-daemon@{domain}"));
        message.To.Add(new MailboxAddress(null, address));
        message.Subject = string.Create(CultureInfo.InvariantCulture, $"Your mailbox is {used * 100 / limit} % full");
        message.Date = now;
        message.MessageId = MimeUtils.GenerateMessageId(domain);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain")
        {
            Text = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                Your mailbox uses {(double)used / BytesPerMebibyte:F1} of {(double)limit / BytesPerMebibyte:F1} MiB.

                When it is full, no further mail can be delivered to it. Please delete mail that you
                do not need any more, and empty the trash.
                """) + "\n",
        };
        message.Prepare(EncodingConstraint.SevenBit);
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var bytes = new MemoryStream();
        await message.WriteToAsync(format, bytes, cancellationToken);
        return bytes.ToArray();
    }
}
