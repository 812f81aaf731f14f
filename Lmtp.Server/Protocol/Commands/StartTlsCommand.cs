using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>STARTTLS (RFC 3207): nothing that was sent or learnt before it survives it.</summary>
internal static class StartTlsCommand
{
    public static async ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (!command.Arguments.IsEmpty)
        {
            session.Reply(Replies.NoArguments);
            return;
        }

        if (session.Transport.HasInput())
        {
            // What follows in clear text may come from somebody else, who wants it executed under TLS.
            session.End(SessionEnd.Refused, Replies.PipelinedBehindTls);
            return;
        }

        session.Reply(Replies.ReadyForTls);
        if (!await session.Transport.FlushAsync())
        {
            session.End(SessionEnd.ClientGone);
            return;
        }

        var profile = session.Profile;
        var upgrade = await TlsHandshake.AcceptAsync(
            session.Transport.Pipe, profile.Policy.Tls!, session.Limits.HandshakeTimeout, session.Services, profile.SessionId);
        if (upgrade is null)
        {
            session.Abandon();
        }
        else
        {
            session.UseTls(upgrade);
        }
    }
}
