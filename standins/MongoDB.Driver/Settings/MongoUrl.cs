namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.MongoUrl: a parsed connection string.</summary>
public class MongoUrl
{
    private readonly MongoUrlParser _parsed;

    /// <exception cref="MongoConfigurationException">The connection string is not valid.</exception>
    public MongoUrl(string url)
    {
        Url = url;
        _parsed = MongoUrlParser.Parse(url);
    }

    public string Url { get; }

    public string ApplicationName => _parsed.Option("appname");

    public string AuthenticationMechanism => _parsed.Option("authmechanism");

    public string AuthenticationSource => _parsed.Option("authsource");

    public TimeSpan ConnectTimeout => _parsed.Milliseconds("connecttimeoutms") ?? TimeSpan.FromSeconds(30);

    public string DatabaseName => _parsed.DatabaseName;

    public bool DirectConnection => _parsed.Boolean("directconnection") ?? false;

    public int MaxConnectionPoolSize => _parsed.Integer("maxpoolsize") ?? 100;

    public TimeSpan MaxConnectionIdleTime => _parsed.Milliseconds("maxidletimems") ?? TimeSpan.FromMinutes(10);

    public string Password => _parsed.Password;

    public ReadConcernLevel? ReadConcernLevel =>
        _parsed.Option("readconcernlevel") is { } level ? Enum.Parse<ReadConcernLevel>(level, ignoreCase: true) : null;

    public ReadPreference ReadPreference =>
        _parsed.Option("readpreference") is { } mode ? new ReadPreference(Enum.Parse<ReadPreferenceMode>(mode, ignoreCase: true)) : null;

    public string ReplicaSetName => _parsed.Option("replicaset");

    public bool? RetryReads => _parsed.Boolean("retryreads");

    public bool? RetryWrites => _parsed.Boolean("retrywrites");

    public MongoServerAddress Server => _parsed.Servers[0];

    public IEnumerable<MongoServerAddress> Servers => _parsed.Servers;

    public TimeSpan ServerSelectionTimeout => _parsed.Milliseconds("serverselectiontimeoutms") ?? TimeSpan.FromSeconds(30);

    public TimeSpan SocketTimeout => _parsed.Milliseconds("sockettimeoutms") ?? TimeSpan.Zero;

    public string Username => _parsed.Username;

    public bool UseTls => _parsed.Boolean("tls") ?? _parsed.Boolean("ssl") ?? false;

    public bool AllowInsecureTls => _parsed.Boolean("tlsinsecure") ?? false;

    public TimeSpan WaitQueueTimeout => _parsed.Milliseconds("waitqueuetimeoutms") ?? TimeSpan.FromMinutes(2);

    public static MongoUrl Create(string url) => new(url);

    public MongoCredential GetCredential() =>
        MongoCredential.FromComponents(AuthenticationMechanism, AuthenticationSource, DatabaseName, Username, Password);

    public WriteConcern GetWriteConcern(bool enabledDefault)
    {
        var journal = _parsed.Boolean("journal");
        var timeout = _parsed.Milliseconds("wtimeoutms");
        return _parsed.Option("w") switch
        {
            null when journal is null && timeout is null => enabledDefault ? WriteConcern.Acknowledged : WriteConcern.Unacknowledged,
            null => WriteConcern.Acknowledged.With(timeout, default, journal),
            { } w when int.TryParse(w, out var number) => new WriteConcern(number, timeout, null, journal),
            { } mode => new WriteConcern(mode, timeout, null, journal),
        };
    }

    public override string ToString() => Url;
}
