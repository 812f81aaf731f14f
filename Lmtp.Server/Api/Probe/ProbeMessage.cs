using MimeKit;
using MimeKit.Utils;

namespace Lmtp.Server.Api.Probe;

/// <summary>Composes the test message, in ASCII where addresses are, so that it survives any server.</summary>
internal static class ProbeMessage
{
    private const string ProbeDomain = "probe.invalid";

    public static async Task<byte[]> ComposeAsync(
        string from, IReadOnlyList<string> to, string subject, string body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage();
        message.From.AddRange(Addresses([from.Length > 0 ? from : $"probe@{ProbeDomain}"]));
        message.To.AddRange(Addresses(to));
        message.Subject = subject;
        message.Date = now;
        message.MessageId = MimeUtils.GenerateMessageId(ProbeDomain);
        message.Body = new TextPart("plain") { Text = body };
        message.Prepare(EncodingConstraint.SevenBit);

        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var bytes = new MemoryStream();
        await message.WriteToAsync(format, bytes, cancellationToken);
        return bytes.ToArray();
    }

    /// <summary>Some addresses that are worth a try in the envelope cannot stand in a header.</summary>
    private static IEnumerable<MailboxAddress> Addresses(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            if (MailboxAddress.TryParse(address, out var mailbox))
            {
                yield return mailbox;
            }
        }
    }
}
