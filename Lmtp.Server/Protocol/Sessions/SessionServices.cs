using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Telemetry;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>What all sessions share.</summary>
internal sealed class SessionServices(
    IDeliveryAgent agent,
    IOptionsMonitor<LmtpOptions> options,
    TimeProvider time,
    LmtpProtocolMetrics metrics,
    ServiceAccounts accounts,
    ServerLifetime lifetime,
    ILogger<LmtpSession> logger)
{
    public IDeliveryAgent Agent => agent;

    /// <summary>The options as they are now; a session keeps those of its beginning.</summary>
    public LmtpOptions Options => options.CurrentValue;

    public TimeProvider Time => time;

    public LmtpProtocolMetrics Metrics => metrics;

    public ServiceAccounts Accounts => accounts;

    /// <summary>Cancelled when the grace period of a stop is over; never by what a client does.</summary>
    public CancellationToken Aborted => lifetime.Aborted;

    public ILogger Logger => logger;
}
