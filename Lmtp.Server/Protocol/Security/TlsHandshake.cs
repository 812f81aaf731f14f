using System.IO.Pipelines;
using System.Security.Authentication;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;
using Microsoft.AspNetCore.Connections;

namespace Lmtp.Server.Protocol.Security;

/// <summary>The server's side of a TLS handshake; how long it took and how it failed is measured and logged.</summary>
internal static class TlsHandshake
{
    /// <summary>Null when the handshake failed: there is then no channel left on which anything could be said.</summary>
    public static async Task<TlsUpgrade?> AcceptAsync(
        IDuplexPipe transport, TlsSettings settings, TimeSpan timeout, SessionServices services, string sessionId)
    {
        var started = services.Time.GetTimestamp();
        try
        {
            var upgrade = await TlsUpgrade.AuthenticateAsync(transport, settings, timeout, services.Time);
            services.Metrics.HandshakeEnded(services.Time.GetElapsedTime(started), null);
            return upgrade;
        }
        catch (Exception exception) when (exception is AuthenticationException or OperationCanceledException or IOException)
        {
            services.Logger.HandshakeFailed(exception, sessionId);
            services.Metrics.HandshakeEnded(services.Time.GetElapsedTime(started), exception.GetType().FullName);
            services.Metrics.LimitMet(exception is OperationCanceledException and not ConnectionAbortedException ? LimitName.HandshakeTimeout : null);
            return null;
        }
    }
}
