using System.Net;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Telemetry;

/// <summary>The log events of the protocol layer. Every event of a session carries its id.</summary>
internal static partial class LmtpProtocolLog
{
    [LoggerMessage(1000, LogLevel.Information, "LMTP on {Address} ({Listener})")]
    public static partial void Listening(this ILogger logger, string address, string listener);

    [LoggerMessage(1001, LogLevel.Information, "LMTP is switched off (Lmtp:Enabled or LMTP_ENABLED)")]
    public static partial void Disabled(this ILogger logger);

    [LoggerMessage(1002, LogLevel.Warning, "Replaced the stale socket {Path}")]
    public static partial void StaleSocketReplaced(this ILogger logger, string path);

    [LoggerMessage(1010, LogLevel.Debug, "Session {SessionId} on {Listener} from {ClientHost}")]
    public static partial void SessionStarted(this ILogger logger, string sessionId, string listener, string clientHost);

    [LoggerMessage(1011, LogLevel.Information, "Session {SessionId} ended ({End}): {Messages} messages, {Delivered} recipients delivered, {Seconds:0.000} s")]
    public static partial void SessionEnded(this ILogger logger, string sessionId, SessionEnd end, int messages, int delivered, double seconds);

    [LoggerMessage(1012, LogLevel.Debug, "Session {SessionId}: the connection broke")]
    public static partial void ConnectionBroken(this ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(1013, LogLevel.Error, "Session {SessionId} failed")]
    public static partial void SessionFailed(this ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(1014, LogLevel.Warning, "Refused a connection from {Client} on {Listener}: {Reason}")]
    public static partial void ConnectionRefused(this ILogger logger, IPAddress? client, string listener, string reason);

    [LoggerMessage(1015, LogLevel.Information, "Session {SessionId}: authenticated as {Account} by {Mechanism}")]
    public static partial void Authenticated(this ILogger logger, string sessionId, string account, string mechanism);

    [LoggerMessage(1016, LogLevel.Warning, "Session {SessionId}: {ClientHost} failed to authenticate by {Mechanism}")]
    public static partial void AuthenticationFailed(this ILogger logger, string sessionId, string clientHost, string mechanism);

    [LoggerMessage(1017, LogLevel.Information, "Session {SessionId}: the TLS handshake failed")]
    public static partial void HandshakeFailed(this ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(1018, LogLevel.Information, "Using the new certificate in {Path}, good until {NotAfter}")]
    public static partial void CertificateReloaded(this ILogger logger, string path, DateTime notAfter);

    [LoggerMessage(1019, LogLevel.Error, "The new certificate in {Path} cannot be used, keeping the old one")]
    public static partial void CertificateReloadFailed(this ILogger logger, Exception exception, string path);

    [LoggerMessage(1020, LogLevel.Error, "Session {SessionId}: verifying a recipient failed")]
    public static partial void VerificationFailed(this ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(1021, LogLevel.Error, "Session {SessionId}: taking a message in failed")]
    public static partial void IntakeFailed(this ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(1022, LogLevel.Error, "Session {SessionId}: a delivery failed")]
    public static partial void DeliveryFailed(this ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(1023, LogLevel.Information, "Session {SessionId}: message of {Bytes} bytes for {Recipients} recipients answered in {Seconds:0.000} s, fault {Fault}")]
    public static partial void MessageAnswered(this ILogger logger, string sessionId, long bytes, int recipients, string fault, double seconds);
}
