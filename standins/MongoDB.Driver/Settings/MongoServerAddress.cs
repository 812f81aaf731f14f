using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MongoDB.Driver;

/// <summary>Where a server listens.</summary>
public class MongoServerAddress : IEquatable<MongoServerAddress>
{
    private const int DefaultPort = 27017;

    /// <summary>Creates one with the default port 27017.</summary>
    public MongoServerAddress(string host)
        : this(host, DefaultPort)
    {
    }

    /// <summary>Creates one.</summary>
    public MongoServerAddress(string host, int port)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        Host = host;
        Port = port;
    }

    /// <summary>The host, or the path of a Unix socket.</summary>
    public string Host { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    internal bool IsUnixSocket => Host.EndsWith(".sock", StringComparison.OrdinalIgnoreCase);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(MongoServerAddress lhs, MongoServerAddress rhs) => Equals(lhs, rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(MongoServerAddress lhs, MongoServerAddress rhs) => !Equals(lhs, rhs);

    /// <summary>Reads an address; anything else is a FormatException.</summary>
    public static MongoServerAddress Parse(string value)
    {
        return TryParse(value, out var address) ? address : throw new FormatException($"'{value}' is not a valid server address.");
    }

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[IPv6]:port</c> or the path of a Unix socket.</summary>
    public static bool TryParse(string value, out MongoServerAddress address)
    {
        address = null;
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        if (value.EndsWith(".sock", StringComparison.OrdinalIgnoreCase))
        {
            address = new MongoServerAddress(value);
            return true;
        }

        var hostEnd = value.StartsWith('[') ? value.IndexOf(']', StringComparison.Ordinal) + 1 : value.IndexOf(':', StringComparison.Ordinal);
        hostEnd = hostEnd < 0 ? value.Length : hostEnd;
        var host = value[..hostEnd];
        if (host.Length == 0 || (host.StartsWith('[') && !IPAddress.TryParse(host, out _)))
        {
            return false;
        }

        var port = DefaultPort;
        if (hostEnd < value.Length
            && (value[hostEnd] != ':'
                || !int.TryParse(value.AsSpan(hostEnd + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
                || port is < 1 or > 65535))
        {
            return false;
        }

        address = new MongoServerAddress(host, port);
        return true;
    }

    /// <summary>Equality of value.</summary>
    public bool Equals(MongoServerAddress rhs) => rhs is not null && Port == rhs.Port && string.Equals(Host, rhs.Host, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as MongoServerAddress);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Host), Port);

    /// <inheritdoc />
    public override string ToString() => IsUnixSocket ? Host : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    internal EndPoint ToEndPoint()
    {
        if (IsUnixSocket)
        {
            return new UnixDomainSocketEndPoint(Host);
        }

        var host = Host.Trim('[', ']');
        return IPAddress.TryParse(host, out var ip) ? new IPEndPoint(ip, Port) : new DnsEndPoint(host, Port);
    }
}
