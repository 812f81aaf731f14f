using System.Buffers;
using System.Globalization;

namespace MongoDB.Driver;

/// <summary>Reads the options of a connection string; options with unknown names are left out.</summary>
internal static class ConnectionStringOptions
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly Dictionary<string, Action<MongoUrlBuilder, string, string>> Setters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["appName"] = (builder, _, value) => builder.ApplicationName = value,
        ["authMechanism"] = (builder, _, value) => builder.AuthenticationMechanism = value,
        ["authMechanismProperties"] = (builder, name, value) => builder.AuthenticationMechanismProperties = Pairs(name, value),
        ["authSource"] = (builder, name, value) => builder.AuthenticationSource = value.Length > 0 ? value : throw Faulty(name),
        ["connectTimeout"] = (builder, name, value) => builder.ConnectTimeout = Duration(name, value),
        ["connectTimeoutMS"] = (builder, name, value) => builder.ConnectTimeout = Milliseconds(name, value),
        ["directConnection"] = (builder, name, value) => builder.DirectConnection = Boolean(name, value),
        ["fsync"] = (builder, name, value) => builder.FSync = Boolean(name, value),
        ["heartbeatFrequency"] = (builder, name, value) => builder.HeartbeatInterval = Duration(name, value),
        ["heartbeatFrequencyMS"] = (builder, name, value) => builder.HeartbeatInterval = Milliseconds(name, value),
        ["heartbeatInterval"] = (builder, name, value) => builder.HeartbeatInterval = Duration(name, value),
        ["heartbeatIntervalMS"] = (builder, name, value) => builder.HeartbeatInterval = Milliseconds(name, value),
        ["heartbeatTimeoutMS"] = (builder, name, value) => builder.HeartbeatTimeout = Milliseconds(name, value),
        ["ipv6"] = (builder, name, value) => builder.IPv6 = Boolean(name, value),
        ["j"] = (builder, name, value) => builder.Journal = Boolean(name, value),
        ["journal"] = (builder, name, value) => builder.Journal = Boolean(name, value),
        ["loadBalanced"] = (builder, name, value) => builder.LoadBalanced = Boolean(name, value),
        ["localThreshold"] = (builder, name, value) => builder.LocalThreshold = Duration(name, value),
        ["localThresholdMS"] = (builder, name, value) => builder.LocalThreshold = Milliseconds(name, value),
        ["maxConnecting"] = (builder, name, value) => builder.MaxConnecting = Number(name, value, 1),
        ["maxIdleTime"] = (builder, name, value) => builder.MaxConnectionIdleTime = Duration(name, value),
        ["maxIdleTimeMS"] = (builder, name, value) => builder.MaxConnectionIdleTime = Milliseconds(name, value),
        ["maxLifeTime"] = (builder, name, value) => builder.MaxConnectionLifeTime = Duration(name, value),
        ["maxLifeTimeMS"] = (builder, name, value) => builder.MaxConnectionLifeTime = Milliseconds(name, value),
        ["maxPoolSize"] = (builder, name, value) => builder.MaxConnectionPoolSize = Number(name, value, 0),
        ["minPoolSize"] = (builder, name, value) => builder.MinConnectionPoolSize = Number(name, value, 0),
        ["readConcernLevel"] = (builder, name, value) => builder.ReadConcernLevel = Enumeration<ReadConcernLevel>(name, value),
        ["replicaSet"] = (builder, name, value) => builder.ReplicaSetName = value.Length > 0 ? value : throw Faulty(name),
        ["retryReads"] = (builder, name, value) => builder.RetryReads = Boolean(name, value),
        ["retryWrites"] = (builder, name, value) => builder.RetryWrites = Boolean(name, value),
        ["serverSelectionTimeout"] = (builder, name, value) => builder.ServerSelectionTimeout = Duration(name, value),
        ["serverSelectionTimeoutMS"] = (builder, name, value) => builder.ServerSelectionTimeout = Milliseconds(name, value),
        ["socketTimeout"] = (builder, name, value) => builder.SocketTimeout = Duration(name, value),
        ["socketTimeoutMS"] = (builder, name, value) => builder.SocketTimeout = Milliseconds(name, value),
        ["srvMaxHosts"] = (builder, name, value) => builder.SrvMaxHosts = Number(name, value, 0),
        ["srvServiceName"] = (builder, _, value) => builder.SrvServiceName = value,
        ["ssl"] = (builder, name, value) => builder.UseTls = Boolean(name, value),
        ["sslVerifyCertificate"] = (builder, name, value) => builder.AllowInsecureTls = !Boolean(name, value),
        ["tls"] = (builder, name, value) => builder.UseTls = Boolean(name, value),
        ["tlsDisableCertificateRevocationCheck"] = (builder, name, value) => builder.TlsDisableCertificateRevocationCheck = Boolean(name, value),
        ["tlsInsecure"] = (builder, name, value) => builder.AllowInsecureTls = Boolean(name, value),
        ["w"] = (builder, _, value) => builder.W = WriteConcern.WValue.Parse(value),
        ["waitQueueTimeout"] = (builder, name, value) => builder.WaitQueueTimeout = Duration(name, value),
        ["waitQueueTimeoutMS"] = (builder, name, value) => builder.WaitQueueTimeout = Milliseconds(name, value),
        ["wtimeout"] = (builder, name, value) => builder.WTimeout = Duration(name, value),
        ["wtimeoutMS"] = (builder, name, value) => builder.WTimeout = Milliseconds(name, value),
    };

    public static void Parse(string text, MongoUrlBuilder builder)
    {
        var readPreference = new ReadPreferenceParts();
        bool? tls = null;
        foreach (var option in text.Split(['&', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = option.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw ConnectionStringParser.Invalid($"the option '{option}' has no name or no value");
            }

            var name = option[..equals];
            var value = ConnectionStringParser.Decode(option[(equals + 1)..], $"the option {name}");
            if (name.Equals("tls", StringComparison.OrdinalIgnoreCase) || name.Equals("ssl", StringComparison.OrdinalIgnoreCase))
            {
                var wanted = Boolean(name, value);
                if (tls is not null && tls != wanted)
                {
                    throw ConnectionStringParser.Invalid("tls and ssl contradict each other");
                }

                tls = wanted;
            }

            if (!readPreference.TryTake(name, value) && Setters.TryGetValue(name, out var set))
            {
                set(builder, name, value);
            }
        }

        builder.ReadPreference = readPreference.Build();
        if (builder.DirectConnection && builder.Servers.Skip(1).Any())
        {
            throw ConnectionStringParser.Invalid("directConnection takes exactly one host");
        }
    }

    internal static MongoConfigurationException Faulty(string name) => ConnectionStringParser.Invalid($"the option {name} has no valid value");

    internal static bool Boolean(string name, string value)
    {
        return value.ToUpperInvariant() switch
        {
            "TRUE" or "1" => true,
            "FALSE" or "0" => false,
            _ => throw Faulty(name),
        };
    }

    internal static int Number(string name, string value, int minimum)
    {
        return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum
            ? number
            : throw Faulty(name);
    }

    internal static T Enumeration<T>(string name, string value)
        where T : struct, Enum
    {
        return !char.IsAsciiDigit(value.FirstOrDefault('0')) && Enum.TryParse<T>(value, ignoreCase: true, out var constant) ? constant : throw Faulty(name);
    }

    internal static TimeSpan Milliseconds(string name, string value) => TimeSpan.FromMilliseconds(Number(name, value, 0));

    /// <summary>A number with one of the units ms, s, m, h (seconds without one), or the form of a TimeSpan.</summary>
    internal static TimeSpan Duration(string name, string value)
    {
        if (value.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var span) ? span : throw Faulty(name);
        }

        var unitAt = value.AsSpan().IndexOfAnyExcept(NumberCharacters);
        var unit = unitAt < 0 ? "s" : value[unitAt..];
        if (!double.TryParse(value.AsSpan(0, unitAt < 0 ? value.Length : unitAt), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            throw Faulty(name);
        }

        return unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => throw Faulty(name),
        };
    }

    private static List<KeyValuePair<string, string>> Pairs(string name, string value)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw Faulty(name);
            }

            pairs.Add(new KeyValuePair<string, string>(part[..colon], part[(colon + 1)..]));
        }

        return pairs;
    }
}
