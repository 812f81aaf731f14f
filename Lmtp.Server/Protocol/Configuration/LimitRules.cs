namespace Lmtp.Server.Protocol.Configuration;

/// <summary>The allowed range of each entry of <see cref="LimitOptions"/>.</summary>
internal static class LimitRules
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public static void Check(LimitOptions limits, List<string> faults)
    {
        AtLeast(nameof(limits.MaxConnections), limits.MaxConnections, 1);
        AtLeast(nameof(limits.MaxConnectionsPerClient), limits.MaxConnectionsPerClient, 1);
        AtLeast(nameof(limits.MaxMessagesPerConnection), limits.MaxMessagesPerConnection, 0);
        AtLeast(nameof(limits.MaxRecipients), limits.MaxRecipients, 1);
        AtLeast(nameof(limits.MaxMessageSize), limits.MaxMessageSize, 1_024);
        AtLeast(nameof(limits.MaxHeaderSize), limits.MaxHeaderSize, 1_024);
        AtLeast(nameof(limits.MaxReceivedHeaders), limits.MaxReceivedHeaders, 1);
        AtLeast(nameof(limits.MaxCommandLength), limits.MaxCommandLength, 512);
        AtLeast(nameof(limits.MaxErrors), limits.MaxErrors, 1);
        AtLeast(nameof(limits.MinDataRate), limits.MinDataRate, 0);
        Between(nameof(limits.GreetingDelay), limits.GreetingDelay, TimeSpan.Zero);
        Between(nameof(limits.IdleTimeout), limits.IdleTimeout, TimeSpan.FromMilliseconds(1));
        Between(nameof(limits.CommandTimeout), limits.CommandTimeout, TimeSpan.FromMilliseconds(1));
        Between(nameof(limits.DataTimeout), limits.DataTimeout, TimeSpan.FromMilliseconds(1));
        Between(nameof(limits.SessionTimeout), limits.SessionTimeout, TimeSpan.FromMilliseconds(1));
        Between(nameof(limits.WriteTimeout), limits.WriteTimeout, TimeSpan.FromMilliseconds(1));
        Between(nameof(limits.DeliveryTimeout), limits.DeliveryTimeout, TimeSpan.FromMilliseconds(1));
        Between(nameof(limits.HandshakeTimeout), limits.HandshakeTimeout, TimeSpan.FromMilliseconds(1));
        Between(nameof(limits.MinDataRateGrace), limits.MinDataRateGrace, TimeSpan.FromMilliseconds(1));
        Between(nameof(limits.ShutdownGrace), limits.ShutdownGrace, TimeSpan.Zero);

        void AtLeast(string name, long value, long least)
        {
            if (value < least)
            {
                faults.Add($"Lmtp:Limits:{name} is {value}; it must be at least {least}.");
            }
        }

        void Between(string name, TimeSpan value, TimeSpan least)
        {
            if (value < least || value > Longest)
            {
                faults.Add($"Lmtp:Limits:{name} is {value}; it must be from {least} to {Longest}.");
            }
        }
    }
}
