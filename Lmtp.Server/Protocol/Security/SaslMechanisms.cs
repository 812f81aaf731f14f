using System.Net;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Security;

/// <summary>Which mechanisms a session offers, and how each is begun.</summary>
internal static class SaslMechanisms
{
    /// <summary>The names for LHLO, strongest first; empty when AUTH is off.</summary>
    public static IReadOnlyList<string> Offered(LmtpSession session)
    {
        if (session.Profile.Policy.Options.Auth == AuthRule.None || session.Client.AuthenticatedAs is not null)
        {
            return [];
        }

        List<string> names = [];
        if (session.Tls?.ClientCertificate is not null)
        {
            names.Add("EXTERNAL");
        }

        names.Add("SCRAM-SHA-256");
        if (MayShowPassword(session))
        {
            names.Add("PLAIN");
            names.Add("LOGIN");
        }

        return names;
    }

    /// <summary>Begins an exchange; null for a mechanism that the session does not offer.</summary>
    public static ISaslMechanism? Begin(LmtpSession session, string name)
    {
        if (!Offered(session).Contains(name))
        {
            return null;
        }

        var accounts = session.Services.Accounts;
        return name switch
        {
            "EXTERNAL" => new ExternalMechanism(accounts, session.Tls!.ClientCertificate!),
            "SCRAM-SHA-256" => new ScramMechanism(accounts),
            "PLAIN" => new PlainMechanism(accounts),
            "LOGIN" => new LoginMechanism(accounts),
            _ => null,
        };
    }

    /// <summary>Whether a password sent as it is stays between the two machines.</summary>
    private static bool MayShowPassword(LmtpSession session) =>
        session.Tls is not null
        || session.Profile.PeerAddress is null
        || IPAddress.IsLoopback(session.Profile.PeerAddress)
        || session.Profile.Policy.Options.AllowPlaintextAuth;
}
