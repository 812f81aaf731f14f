using System.Globalization;
using System.Text;
using MongoDB.Driver.Core.Configuration;

namespace MongoDB.Driver;

/// <summary>Writes connection strings; options that have their default are left out.</summary>
internal static class ConnectionStringFormatter
{
    public static string Format(MongoUrlBuilder builder)
    {
        var defaults = new MongoUrlBuilder { Scheme = builder.Scheme, UseTls = builder.Scheme == ConnectionStringScheme.MongoDBPlusSrv };
        var url = new StringBuilder(builder.Scheme == ConnectionStringScheme.MongoDBPlusSrv ? "mongodb+srv://" : "mongodb://");
        if (builder.Username is not null)
        {
            url.Append(Uri.EscapeDataString(builder.Username));
            url.Append(builder.Password is null ? "" : ":" + Uri.EscapeDataString(builder.Password)).Append('@');
        }

        url.AppendJoin(',', builder.Servers.Select(FormatServer));
        var options = Options(builder)
            .Zip(Options(defaults))
            .Where(pair => pair.First.Value is not null && pair.First.Value != pair.Second.Value)
            .Select(pair => $"{pair.First.Name}={Uri.EscapeDataString(pair.First.Value)}")
            .Concat(ReadPreferenceOptions(builder.ReadPreference))
            .ToList();
        url.Append(builder.DatabaseName is not null || options.Count > 0 ? "/" : "");
        url.Append(builder.DatabaseName is null ? "" : Uri.EscapeDataString(builder.DatabaseName));
        url.Append(options.Count > 0 ? "?" : "").AppendJoin('&', options);
        return url.ToString();
    }

    private static string FormatServer(MongoServerAddress address)
    {
        if (address.IsUnixSocket)
        {
            return Uri.EscapeDataString(address.Host);
        }

        return address.Port == 27017 ? address.Host : address.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Options(MongoUrlBuilder builder)
    {
        yield return ("authMechanism", builder.AuthenticationMechanism);
        yield return ("authMechanismProperties", string.Join(',', builder.AuthenticationMechanismProperties.Select(pair => $"{pair.Key}:{pair.Value}")));
        yield return ("authSource", builder.AuthenticationSource);
        yield return ("appName", builder.ApplicationName);
        yield return ("connectTimeoutMS", Milliseconds(builder.ConnectTimeout));
        yield return ("directConnection", Text(builder.DirectConnection));
        yield return ("fsync", Text(builder.FSync));
        yield return ("heartbeatFrequencyMS", Milliseconds(builder.HeartbeatInterval));
        yield return ("heartbeatTimeoutMS", Milliseconds(builder.HeartbeatTimeout));
        yield return ("ipv6", Text(builder.IPv6));
        yield return ("journal", Text(builder.Journal));
        yield return ("loadBalanced", Text(builder.LoadBalanced));
        yield return ("localThresholdMS", Milliseconds(builder.LocalThreshold));
        yield return ("maxConnecting", Text(builder.MaxConnecting));
        yield return ("maxIdleTimeMS", Milliseconds(builder.MaxConnectionIdleTime));
        yield return ("maxLifeTimeMS", Milliseconds(builder.MaxConnectionLifeTime));
        yield return ("maxPoolSize", Text(builder.MaxConnectionPoolSize));
        yield return ("minPoolSize", Text(builder.MinConnectionPoolSize));
        yield return ("readConcernLevel", Text(builder.ReadConcernLevel));
        yield return ("replicaSet", builder.ReplicaSetName);
        yield return ("retryReads", Text(builder.RetryReads));
        yield return ("retryWrites", Text(builder.RetryWrites));
        yield return ("serverSelectionTimeoutMS", Milliseconds(builder.ServerSelectionTimeout));
        yield return ("socketTimeoutMS", Milliseconds(builder.SocketTimeout));
        yield return ("srvMaxHosts", builder.SrvMaxHosts is { } hosts ? Text(hosts) : null);
        yield return ("srvServiceName", builder.SrvServiceName);
        yield return ("tls", Text(builder.UseTls));
        yield return ("tlsDisableCertificateRevocationCheck", Text(builder.TlsDisableCertificateRevocationCheck));
        yield return ("tlsInsecure", Text(builder.AllowInsecureTls));
        yield return ("w", builder.W?.ToString());
        yield return ("waitQueueTimeoutMS", Milliseconds(builder.WaitQueueTimeout));
        yield return ("wtimeoutMS", builder.WTimeout is { } timeout ? Milliseconds(timeout) : null);
    }

    private static IEnumerable<string> ReadPreferenceOptions(ReadPreference preference)
    {
        if (preference is null)
        {
            yield break;
        }

        var mode = preference.ReadPreferenceMode.ToString();
        yield return $"readPreference={char.ToLowerInvariant(mode[0])}{mode[1..]}";
        foreach (var tagSet in preference.TagSets)
        {
            yield return "readPreferenceTags=" + string.Join(',', tagSet.Tags.Select(tag => $"{Uri.EscapeDataString(tag.Name)}:{Uri.EscapeDataString(tag.Value)}"));
        }

        if (preference.MaxStaleness is { } staleness)
        {
            yield return $"maxStalenessSeconds={(int)staleness.TotalSeconds}";
        }
    }

    private static string Milliseconds(TimeSpan value) => ((long)value.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";

    private static string Text(bool? value) => value is null ? null : Text(value.Value);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(ReadConcernLevel? value) => value?.ToString().ToLowerInvariant();
}
