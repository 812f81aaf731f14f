using System.Globalization;

namespace MongoDB.Driver;

/// <summary>Takes a connection string apart (connection string specification; mongodb:// only).</summary>
internal sealed class MongoUrlParser
{
    private const string Scheme = "mongodb://";

    private readonly Dictionary<string, string> _options = new(StringComparer.OrdinalIgnoreCase);

    private MongoUrlParser()
    {
    }

    public List<MongoServerAddress> Servers { get; } = [];

    public string DatabaseName { get; private set; }

    public string Username { get; private set; }

    public string Password { get; private set; }

    public static MongoUrlParser Parse(string url)
    {
        if (url is null || !url.StartsWith(Scheme, StringComparison.Ordinal))
        {
            throw Invalid(url, "it must begin with mongodb://");
        }

        var parser = new MongoUrlParser();
        var rest = url[Scheme.Length..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var beforeOptions = question < 0 ? rest : rest[..question];
        parser.ParseOptions(question < 0 ? string.Empty : rest[(question + 1)..], url);

        var slash = beforeOptions.IndexOf('/', StringComparison.Ordinal);
        var at = beforeOptions.LastIndexOf('@', slash < 0 ? beforeOptions.Length - 1 : Math.Max(slash - 1, 0));
        if (slash >= 0 && beforeOptions.IndexOf('@', slash) >= 0)
        {
            throw Invalid(url, "special characters in user name and password must be percent-encoded");
        }

        if (at >= 0)
        {
            parser.ParseUserInfo(beforeOptions[..at], url);
        }

        parser.ParseHosts(beforeOptions[(at + 1)..(slash < 0 ? beforeOptions.Length : slash)], url);
        if (slash >= 0 && slash + 1 < beforeOptions.Length)
        {
            parser.DatabaseName = Decode(beforeOptions[(slash + 1)..], url);
        }

        return parser;
    }

    public string Option(string name) => _options.GetValueOrDefault(name);

    public int? Integer(string name) =>
        Option(name) is { } text && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;

    public bool? Boolean(string name) => Option(name) switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    public TimeSpan? Milliseconds(string name) => Integer(name) is { } value and >= 0 ? TimeSpan.FromMilliseconds(value) : null;

    private static string Decode(string text, string url)
    {
        for (var index = text.IndexOf('%', StringComparison.Ordinal); index >= 0; index = text.IndexOf('%', index + 1))
        {
            if (index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
            {
                throw Invalid(url, "a percent sign must be followed by two hexadecimal digits");
            }
        }

        return Uri.UnescapeDataString(text);
    }

    private static MongoConfigurationException Invalid(string url, string why) =>
        new($"The connection string '{Redact(url)}' is not valid: {why}.");

    private static string Redact(string url)
    {
        var at = url?.LastIndexOf('@') ?? -1;
        return at < 0 ? url : Scheme + "<user>@" + url[(at + 1)..];
    }

    private void ParseUserInfo(string text, string url)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var username = colon < 0 ? text : text[..colon];
        var password = colon < 0 ? null : text[(colon + 1)..];
        if (username.Contains('@', StringComparison.Ordinal) || password?.IndexOfAny([':', '@']) >= 0)
        {
            throw Invalid(url, "special characters in user name and password must be percent-encoded");
        }

        if (username.Length > 0)
        {
            Username = Decode(username, url);
            Password = password is null ? null : Decode(password, url);
        }
    }

    private void ParseHosts(string text, string url)
    {
        foreach (var host in text.Split(','))
        {
            Servers.Add(MongoServerAddress.TryParse(Decode(host, url), out var address) ? address : throw Invalid(url, $"'{host}' is no host"));
        }
    }

    private void ParseOptions(string text, string url)
    {
        foreach (var pair in text.Split(['&', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw Invalid(url, $"the option '{pair}' has no value");
            }

            _options.TryAdd(pair[..equals], Decode(pair[(equals + 1)..], url));
        }
    }
}
