namespace Lmtp.Server.Protocol.Configuration;

/// <summary>The entries of <see cref="LimitOptions"/>, and one of delivery, by their names there; metrics tell by them which limit was met.</summary>
internal enum LimitName
{
    MaxConnections,
    MaxConnectionsPerClient,
    MaxMessagesPerConnection,
    MaxRecipients,
    MaxMessageSize,
    MaxHeaderSize,
    MaxReceivedHeaders,
    MaxCommandLength,
    MaxErrors,
    GreetingDelay,
    IdleTimeout,
    CommandTimeout,
    DataTimeout,
    MinDataRate,
    SessionTimeout,
    WriteTimeout,
    DeliveryTimeout,
    HandshakeTimeout,
    ShutdownGrace,
    MaxMimeDepth,
}
