using System.Buffers;
using MongoDB.Driver.Core.Configuration;

namespace MongoDB.Driver;

/// <summary>Reads connection strings by the rules of the MongoDB connection string specification.</summary>
internal static class ConnectionStringParser
{
    private const string Prefix = "mongodb://";
    private const string SrvPrefix = "mongodb+srv://";

    private static readonly SearchValues<char> ForbiddenInDatabase = SearchValues.Create("/\\ \"$*<>:|?");

    public static void Parse(string url, MongoUrlBuilder builder)
    {
        var isSrv = url.StartsWith(SrvPrefix, StringComparison.Ordinal);
        if (!isSrv && !url.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw Invalid("it must begin with mongodb:// or mongodb+srv://");
        }

        builder.Scheme = isSrv ? ConnectionStringScheme.MongoDBPlusSrv : ConnectionStringScheme.MongoDB;
        builder.UseTls = isSrv;
        var rest = url[(isSrv ? SrvPrefix : Prefix).Length..];
        var optionsAt = rest.IndexOf('?', StringComparison.Ordinal);
        var options = optionsAt < 0 ? "" : rest[(optionsAt + 1)..];
        rest = optionsAt < 0 ? rest : rest[..optionsAt];

        var at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            ParseUser(rest[..at], builder);
        }

        var authority = rest[(at + 1)..];
        var slash = authority.IndexOf('/', StringComparison.Ordinal);
        ParseServers(slash < 0 ? authority : authority[..slash], isSrv, builder);
        if (slash >= 0)
        {
            ParseDatabase(authority[(slash + 1)..], builder);
        }

        ConnectionStringOptions.Parse(options, builder);
    }

    internal static MongoConfigurationException Invalid(string why) => new($"The connection string is not valid: {why}.");

    internal static string Decode(string text, string what)
    {
        for (var index = text.IndexOf('%', StringComparison.Ordinal); index >= 0; index = text.IndexOf('%', index + 1))
        {
            if (index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
            {
                throw Invalid($"{what} has a percent sign that is not part of an escape sequence");
            }
        }

        return Uri.UnescapeDataString(text);
    }

    private static void ParseUser(string text, MongoUrlBuilder builder)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var password = colon < 0 ? null : text[(colon + 1)..];
        if (name.Length == 0 || name.AsSpan().ContainsAny('@', '/') || password?.AsSpan().ContainsAny(':', '@', '/') == true)
        {
            throw Invalid("a user name or password is empty or has characters that must be escaped");
        }

        builder.Username = Decode(name, "the user name");
        builder.Password = password is null ? null : Decode(password, "the password");
    }

    private static void ParseServers(string text, bool isSrv, MongoUrlBuilder builder)
    {
        var servers = new List<MongoServerAddress>();
        foreach (var part in text.Split(','))
        {
            var decoded = Decode(part, "a host");
            if (!MongoServerAddress.TryParse(decoded, out var address))
            {
                throw Invalid("a host is missing, or its port is not a number from 1 to 65535");
            }

            servers.Add(address);
        }

        if (isSrv && (servers.Count != 1 || text.Contains(':', StringComparison.Ordinal)))
        {
            throw Invalid("mongodb+srv:// takes exactly one host and no port");
        }

        builder.Servers = servers;
    }

    private static void ParseDatabase(string text, MongoUrlBuilder builder)
    {
        if (text.Length == 0)
        {
            return;
        }

        var name = Decode(text, "the name of the database");
        if (name.AsSpan().ContainsAny(ForbiddenInDatabase))
        {
            throw Invalid("the name of the database has a character that is not allowed");
        }

        builder.DatabaseName = name;
    }
}
