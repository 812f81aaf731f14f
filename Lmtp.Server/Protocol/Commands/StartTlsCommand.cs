using System.Security.Authentication;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;

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

        await HandshakeAsync(session);
    }

    private static async ValueTask HandshakeAsync(LmtpSession session)
    {
        var services = session.Services;
        var started = services.Time.GetTimestamp();
        try
        {
            var upgrade = await TlsUpgrade.AuthenticateAsync(
                session.Transport.Pipe, session.Profile.Policy.Tls!, session.Limits.HandshakeTimeout, services.Time);
            session.UseTls(upgrade);
            services.Metrics.HandshakeEnded(services.Time.GetElapsedTime(started), null);
        }
        catch (Exception exception) when (exception is AuthenticationException or OperationCanceledException or IOException)
        {
            // There is no channel left on which anything could be said.
            services.Logger.HandshakeFailed(exception, session.Profile.SessionId);
            services.Metrics.HandshakeEnded(services.Time.GetElapsedTime(started), exception.GetType().FullName);
            services.Metrics.LimitMet(exception is OperationCanceledException ? LimitName.HandshakeTimeout : null);
            session.Abandon();
        }
    }
}
