using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>Says whether a command may be executed now: switched on here, allowed to this client, in order.</summary>
internal static class CommandGuard
{
    /// <summary>Null when the command may be executed, otherwise the reply that says why not.</summary>
    public static Reply? Check(LmtpSession session, Verb verb) =>
        CheckAvailable(session, verb) ?? CheckProtected(session, verb) ?? CommandSequence.Check(verb, session.State);

    private static Reply? CheckAvailable(LmtpSession session, Verb verb)
    {
        var policy = session.Profile.Policy;
        return verb switch
        {
            Verb.StartTls when policy.Options.Tls.Mode is TlsMode.None or TlsMode.Implicit => Replies.TlsNotConfigured,
            Verb.StartTls when session.Tls is not null => Replies.AlreadyEncrypted,
            Verb.Auth when policy.Options.Auth == AuthRule.None => Replies.AuthNotConfigured,
            Verb.Xclient or Verb.Xforward when !policy.TrustsRelay(session.Profile.PeerAddress) => Replies.RelayNotTrusted,
            _ => null,
        };
    }

    /// <summary>RFC 3207 section 4 and RFC 4954 section 6: what waits for TLS and for authentication.</summary>
    private static Reply? CheckProtected(LmtpSession session, Verb verb)
    {
        var policy = session.Profile.Policy;
        var waitsForTls = verb is Verb.Mail or Verb.Rcpt or Verb.Data or Verb.Bdat or Verb.Vrfy or Verb.Auth or Verb.Xclient or Verb.Xforward;
        if (waitsForTls && policy.Options.Tls.Mode == TlsMode.StartTlsRequired && session.Tls is null)
        {
            return Replies.StartTlsFirst;
        }

        var waitsForAuth = verb is Verb.Mail or Verb.Rcpt or Verb.Data or Verb.Bdat or Verb.Vrfy;
        return waitsForAuth && policy.Options.Auth == AuthRule.Required && session.Client.AuthenticatedAs is null
            ? Replies.AuthFirst
            : null;
    }
}
