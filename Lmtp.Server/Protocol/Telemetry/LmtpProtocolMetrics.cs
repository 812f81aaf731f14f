using System.Diagnostics;
using System.Diagnostics.Metrics;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Listeners;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Telemetry;

/// <summary>The instruments of the protocol layer; nothing that names a person is an attribute.</summary>
internal sealed class LmtpProtocolMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Lmtp.Server";

    private const string Listener = "lmtp.listener";
    private const string ErrorType = "error.type";

    private static readonly double[] DurationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
    private static readonly double[] SessionBuckets = [0.01, 0.1, 1, 10, 60, 300, 1_800, 7_200, 14_400];
    private static readonly long[] SizeBuckets = [1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864];
    private static readonly int[] RecipientBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

    private readonly UpDownCounter<long> _activeSessions;
    private readonly Histogram<double> _sessionDuration;
    private readonly Counter<long> _rejectedConnections;
    private readonly Counter<long> _replies;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _recipients;
    private readonly Counter<long> _authentications;
    private readonly Histogram<double> _handshakeDuration;
    private readonly Histogram<double> _messageDuration;
    private readonly Histogram<long> _messageSize;
    private readonly Histogram<int> _messageRecipients;
    private readonly Counter<long> _limitsMet;

    public LmtpProtocolMetrics(IMeterFactory factory, IOptionsMonitor<LmtpOptions> options, ConnectionGate gate)
    {
        var meter = factory.Create(MeterName);
        LimitInstruments.Create(meter, options, gate);
        _activeSessions = meter.CreateUpDownCounter<long>("lmtp.server.active_sessions", "{session}", "LMTP sessions that are open.");
        _sessionDuration = meter.CreateHistogram<double>("lmtp.server.session.duration", "s", "How long LMTP sessions lasted, and how they ended.", advice: new() { HistogramBucketBoundaries = SessionBuckets });
        _rejectedConnections = meter.CreateCounter<long>("lmtp.server.rejected_connections", "{connection}", "Connections that were refused before a session.");
        _replies = meter.CreateCounter<long>("lmtp.server.replies", "{reply}", "Replies by command and code.");
        _verdicts = meter.CreateCounter<long>("lmtp.server.rcpt", "{recipient}", "Answers to RCPT by status.");
        _recipients = meter.CreateCounter<long>("lmtp.server.recipients", "{recipient}", "Final answers for recipients by status.");
        _authentications = meter.CreateCounter<long>("lmtp.server.authentications", "{attempt}", "AUTH exchanges by mechanism.");
        _handshakeDuration = meter.CreateHistogram<double>("lmtp.server.tls_handshake.duration", "s", "TLS handshakes.", advice: new() { HistogramBucketBoundaries = DurationBuckets });
        _messageDuration = meter.CreateHistogram<double>("lmtp.server.message.duration", "s", "From MAIL to the last reply of a message.", advice: new() { HistogramBucketBoundaries = DurationBuckets });
        _messageSize = meter.CreateHistogram<long>("lmtp.server.message.size", "By", "Sizes of messages received.", advice: new() { HistogramBucketBoundaries = SizeBuckets });
        _messageRecipients = meter.CreateHistogram<int>("lmtp.server.message.recipients", "{recipient}", "Accepted recipients of messages received.", advice: new() { HistogramBucketBoundaries = RecipientBuckets });
        _limitsMet = meter.CreateCounter<long>("lmtp.server.limit.exceeded", "{event}", "How often a client met with a limit.");
    }

    public void SessionStarted(string listener) => _activeSessions.Add(1, new KeyValuePair<string, object?>(Listener, listener));

    public void SessionEnded(string listener, SessionEnd end, TimeSpan duration)
    {
        _activeSessions.Add(-1, new KeyValuePair<string, object?>(Listener, listener));
        if (!_sessionDuration.Enabled)
        {
            return;
        }

        var tags = new TagList { { Listener, listener } };
        if (end != SessionEnd.Quit)
        {
            tags.Add(ErrorType, NameOf(end));
        }

        _sessionDuration.Record(duration.TotalSeconds, tags);
    }

    public void ConnectionRejected(string listener, string reason) =>
        _rejectedConnections.Add(1, new(Listener, listener), new(ErrorType, reason));

    public void Replied(Verb verb, int code)
    {
        if (_replies.Enabled)
        {
            _replies.Add(1, new("lmtp.command", NameOf(verb)), new("lmtp.reply.code", code));
        }
    }

    public void Authenticated(string mechanism, bool succeeded)
    {
        if (succeeded)
        {
            _authentications.Add(1, new KeyValuePair<string, object?>("lmtp.auth.mechanism", mechanism));
        }
        else
        {
            _authentications.Add(1, new("lmtp.auth.mechanism", mechanism), new(ErrorType, "bad_credentials"));
        }
    }

    public void HandshakeEnded(TimeSpan duration, string? error)
    {
        if (error is null)
        {
            _handshakeDuration.Record(duration.TotalSeconds);
        }
        else
        {
            _handshakeDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(ErrorType, error));
        }
    }

    public void RecipientVerified(DeliveryStatus status)
    {
        if (_verdicts.Enabled)
        {
            _verdicts.Add(1, new KeyValuePair<string, object?>("lmtp.delivery.status", NameOf(status)));
        }
    }

    public void RecipientAnswered(DeliveryStatus status)
    {
        if (_recipients.Enabled)
        {
            _recipients.Add(1, new KeyValuePair<string, object?>("lmtp.delivery.status", NameOf(status)));
        }
    }

    /// <summary>Counts a limit that was met; null counts nothing.</summary>
    public void LimitMet(LimitName? limit)
    {
        if (limit is { } name)
        {
            _limitsMet.Add(1, new KeyValuePair<string, object?>("lmtp.limit", NameOf(name)));
        }
    }

    public void MessageAnswered(long size, int recipients, MessageFault? fault, TimeSpan duration)
    {
        _messageSize.Record(size);
        _messageRecipients.Record(recipients);
        if (fault is null)
        {
            _messageDuration.Record(duration.TotalSeconds);
        }
        else
        {
            _messageDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(ErrorType, fault.Name));
        }
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => EnumNames<T>.Of(value);

    /// <summary>The names of an enum in snake case, made once.</summary>
    private static class EnumNames<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(value => value, value =>
            System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static string Of(T value) => Names[value];
    }
}
