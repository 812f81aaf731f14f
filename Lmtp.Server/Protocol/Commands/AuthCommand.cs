using System.Buffers.Text;
using System.Text;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>AUTH (RFC 4954): a service account of the configuration authenticates.</summary>
internal static class AuthCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (session.Client.AuthenticatedAs is not null)
        {
            session.Reply(Replies.AlreadyAuthenticated);
            return ValueTask.CompletedTask;
        }

        var words = Encoding.UTF8.GetString(command.Arguments.Span).Split(' ');
        if (words.Length > 2 || words[0].Length == 0)
        {
            session.Reply(Replies.AuthSyntax);
            return ValueTask.CompletedTask;
        }

        var name = words[0].ToUpperInvariant();
        if (SaslMechanisms.Begin(session, name) is not { } mechanism)
        {
            session.Reply(Replies.UnknownMechanism);
            return ValueTask.CompletedTask;
        }

        return ExchangeAsync(session, name, mechanism, words.Length == 2 ? words[1] : null);
    }

    private static async ValueTask ExchangeAsync(LmtpSession session, string name, ISaslMechanism mechanism, string? response)
    {
        if (response is null)
        {
            session.Reply(Replies.Challenge(mechanism.FirstChallenge));
            response = await ReadResponseAsync(session);
        }
        else if (response == "=")
        {
            // The way to write an initial response that is empty.
            response = "";
        }

        while (response is not null)
        {
            if (!Base64.IsValid(response))
            {
                session.Reply(response == "*" ? Replies.AuthCancelled : Replies.BadBase64);
                return;
            }

            var step = mechanism.Respond(Convert.FromBase64String(response));
            if (step.Challenge is null)
            {
                Conclude(session, name, step.Account);
                return;
            }

            session.Reply(Replies.Challenge(step.Challenge));
            response = await ReadResponseAsync(session);
        }
    }

    private static void Conclude(LmtpSession session, string mechanism, string? account)
    {
        session.Services.Metrics.Authenticated(mechanism, account is not null);
        if (account is null)
        {
            session.Services.Logger.AuthenticationFailed(session.Profile.SessionId, session.Client.Host, mechanism);
            session.Reply(Replies.BadCredentials);
            return;
        }

        session.Services.Logger.Authenticated(session.Profile.SessionId, account, mechanism);
        session.Client = session.Client with { AuthenticatedAs = account };
        session.Reply(Replies.Authenticated);
    }

    private static async ValueTask<string?> ReadResponseAsync(LmtpSession session) =>
        await session.ReadLineAsync() is { } line ? Encoding.Latin1.GetString(line.Span) : null;
}
