using System.Text;
using Lmtp.Server.Protocol.Commands;
using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Replying;

/// <summary>The answer to LHLO: the server's name and one line for each extension that is on.</summary>
internal static class LhloReply
{
    public static Reply Build(LmtpSession session)
    {
        var limits = session.Limits;
        List<string> lines =
        [
            session.ServerName,
            "PIPELINING",
            "ENHANCEDSTATUSCODES",
            "8BITMIME",
            "SMTPUTF8",
            "CHUNKING",
            "BINARYMIME",
            $"SIZE {limits.MaxMessageSize}",
        ];
        if (session.Profile.Policy.Tls is not null && session.Tls is null)
        {
            lines.Add("STARTTLS");
        }

        if (SaslMechanisms.Offered(session) is { Count: > 0 } mechanisms)
        {
            lines.Add($"AUTH {string.Join(' ', mechanisms)}");
        }

        if (session.Profile.Policy.TrustsRelay(session.Profile.PeerAddress))
        {
            lines.Add(XclientCommand.Keyword);
            lines.Add(XforwardCommand.Keyword);
        }

        if (session.Options.AnnounceDsn)
        {
            lines.Add("DSN");
        }

        lines.Add(limits.MaxMessagesPerConnection == 0
            ? $"LIMITS RCPTMAX={limits.MaxRecipients}"
            : $"LIMITS MAILMAX={limits.MaxMessagesPerConnection} RCPTMAX={limits.MaxRecipients}");

        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append("250").Append(i < lines.Count - 1 ? '-' : ' ').Append(lines[i]).Append("\r\n");
        }

        return Reply.Lines(text.ToString());
    }
}
