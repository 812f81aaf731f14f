using System.Diagnostics;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Telemetry;

/// <summary>The spans of the protocol layer. A message is one span from MAIL to its last reply; deliveries are below it.</summary>
internal static class LmtpProtocolActivities
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "Lmtp.Server";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of a message that has been received; null when nobody listens.</summary>
    public static Activity? StartMessage(LmtpSession session, long size)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = Source.StartActivity(
            "lmtp.message",
            ActivityKind.Server,
            parentContext: default,
            startTime: session.Transaction!.Started);
        activity?.SetTag("network.protocol.name", "lmtp");
        activity?.SetTag("network.transport", session.Profile.ClientAddress is null ? "unix" : "tcp");
        activity?.SetTag("lmtp.session.id", session.Profile.SessionId);
        activity?.SetTag("lmtp.listener", session.Profile.Listener);
        activity?.SetTag("lmtp.message.size", size);
        activity?.SetTag("lmtp.message.recipients", session.Transaction.Recipients.Count);
        return activity;
    }
}
