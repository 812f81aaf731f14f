using System.Diagnostics.Metrics;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Listeners;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Telemetry;

/// <summary>
/// Shows every limit as it is set now (<c>.limit</c>, <c>.timeout</c>), and beside those that are shared how much of it
/// is used (<c>.usage</c>). How often each was met is the counter <c>lmtp.server.limit.exceeded</c>.
/// </summary>
internal static class LimitInstruments
{
    private static readonly (string Name, string Unit, string Description, Func<LimitOptions, long> Value)[] Counts =
    [
        ("connection.limit", "{connection}", "Connections that may be open.", limits => limits.MaxConnections),
        ("client.connection.limit", "{connection}", "Connections that one client address may have open.", limits => limits.MaxConnectionsPerClient),
        ("session.message.limit", "{message}", "Messages that one connection may carry, 0 for no limit.", limits => limits.MaxMessagesPerConnection),
        ("session.error.limit", "{command}", "Bad commands after which a session ends.", limits => limits.MaxErrors),
        ("message.recipient.limit", "{recipient}", "Accepted recipients of one message.", limits => limits.MaxRecipients),
        ("message.size.limit", "By", "Bytes of one message.", limits => limits.MaxMessageSize),
        ("message.header.limit", "By", "Bytes of one message's header section.", limits => limits.MaxHeaderSize),
        ("message.received_header.limit", "{header}", "Received lines above which a message is taken to loop.", limits => limits.MaxReceivedHeaders),
        ("message.rate.limit", "By/s", "Rate below which a sender is cut off, 0 for none.", limits => limits.MinDataRate),
        ("command.size.limit", "By", "Bytes of one command line.", limits => limits.MaxCommandLength),
    ];

    private static readonly (string Name, string Description, Func<LimitOptions, TimeSpan> Value)[] Times =
    [
        ("greeting.delay", "How long the greeting is held back.", limits => limits.GreetingDelay),
        ("idle.timeout", "Silence between commands.", limits => limits.IdleTimeout),
        ("command.timeout", "From the first byte of a command to its end.", limits => limits.CommandTimeout),
        ("data.timeout", "Silence inside a message.", limits => limits.DataTimeout),
        ("data_rate.timeout", "How long a message may come more slowly than the minimum rate.", limits => limits.MinDataRateGrace),
        ("session.timeout", "A whole connection.", limits => limits.SessionTimeout),
        ("write.timeout", "How long replies may stay unread.", limits => limits.WriteTimeout),
        ("delivery.timeout", "Delivery of one message.", limits => limits.DeliveryTimeout),
        ("handshake.timeout", "TLS handshake or PROXY header.", limits => limits.HandshakeTimeout),
        ("shutdown.timeout", "How long a stop waits for messages in flight.", limits => limits.ShutdownGrace),
    ];

    public static void Create(Meter meter, IOptionsMonitor<LmtpOptions> options, ConnectionGate gate)
    {
        meter.CreateObservableUpDownCounter("lmtp.server.connection.usage", () => gate.Total, "{connection}", "Connections that are open.");
        meter.CreateObservableUpDownCounter(
            "lmtp.server.client.connection.usage", () => gate.MostOfOneClient, "{connection}", "Connections of the client address that has most of them.");
        foreach (var (name, unit, description, value) in Counts)
        {
            meter.CreateObservableUpDownCounter($"lmtp.server.{name}", () => value(options.CurrentValue.Limits), unit, description);
        }

        foreach (var (name, description, value) in Times)
        {
            meter.CreateObservableGauge($"lmtp.server.{name}", () => value(options.CurrentValue.Limits).TotalSeconds, "s", description);
        }
    }
}
