namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.MongoServerAddress: a host and port, or the path of a Unix socket.</summary>
public sealed class MongoServerAddress(string host, int port) : IEquatable<MongoServerAddress>
{
    private const int DefaultPort = 27017;

    public MongoServerAddress(string host)
        : this(host, DefaultPort)
    {
    }

    public string Host { get; } = host;

    public int Port { get; } = port;

    internal bool IsUnixSocket => Host.EndsWith(".sock", StringComparison.Ordinal);

    public static MongoServerAddress Parse(string value) =>
        TryParse(value, out var address) ? address : throw new FormatException($"'{value}' is not a valid server address.");

    public static bool TryParse(string value, out MongoServerAddress address)
    {
        address = null;
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        if (value.EndsWith(".sock", StringComparison.Ordinal))
        {
            address = new MongoServerAddress(value);
            return true;
        }

        var bracket = value.StartsWith('[') ? value.IndexOf(']') : -1;
        if (value.StartsWith('[') && bracket < 0)
        {
            return false;
        }

        var colon = value.IndexOf(':', bracket + 1);
        var host = (colon < 0 ? value : value[..colon]).Trim('[', ']');
        var port = DefaultPort;
        var valid = host.Length > 0
            && (colon < 0 || (int.TryParse(value[(colon + 1)..], out port) && port is > 0 and <= 65535))
            && (bracket < 0 || colon == bracket + 1 || colon < 0);
        address = valid ? new MongoServerAddress(host, port) : null;
        return valid;
    }

    public bool Equals(MongoServerAddress other) =>
        other is not null && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase) && Port == other.Port;

    public override bool Equals(object obj) => Equals(obj as MongoServerAddress);

    public override int GetHashCode() => HashCode.Combine(Host.ToLowerInvariant(), Port);

    public override string ToString() =>
        IsUnixSocket ? Host : Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
