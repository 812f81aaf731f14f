using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>The fields by which ZoneMTA's queue knows another way than by the recipient's domain. Specification section 7.5.</summary>
internal static class OutgoingRoute
{
    private const int SmtpPort = 25;

    /// <summary>By an SMTP server: <c>smtp[s]://user:password@host:port</c>.</summary>
    public static BsonDocument ByRelay(string url)
    {
        var uri = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : null;
        var host = uri?.DnsSafeHost ?? string.Empty;
        var address = IPAddress.TryParse(host, out var ip) ? ip : null;
        var route = new BsonDocument
        {
            {
                "mx",
                new BsonArray
                {
                    new BsonDocument
                    {
                        { "priority", 0 },
                        { "mx", true },
                        { "exchange", host },
                        { "A", Addresses(address, AddressFamily.InterNetwork) },
                        { "AAAA", Addresses(address, AddressFamily.InterNetworkV6) },
                    },
                }
            },
            { "mxPort", PortOf(uri) },
        };
        if (uri is { UserInfo.Length: > 0 })
        {
            var (user, password) = Credentials(uri.UserInfo);
            route.Add("mxAuth", new BsonDocument { { "user", user }, { "pass", password } });
        }

        if (uri?.Scheme == "smtps")
        {
            route.Add("mxSecure", true);
        }

        return route.AddRange(Exempt());
    }

    /// <summary>By a request to a URL.</summary>
    public static BsonDocument ByHttp(string url) =>
        new BsonDocument { { "http", true }, { "targetUrl", url } }.AddRange(Exempt());

    // Neither the sender rewriting scheme nor MTA-STS makes sense on such a way.
    private static BsonDocument Exempt() => new() { { "skipSRS", true }, { "skipSTS", true } };

    // A port that is given is a text, the default is a number: WildDuck's way.
    private static BsonValue PortOf(Uri? uri) => uri is { Port: > 0 }
        ? uri.Port.ToString(CultureInfo.InvariantCulture)
        : SmtpPort;

    private static BsonArray Addresses(IPAddress? address, AddressFamily family) =>
        address?.AddressFamily == family ? [address.ToString()] : [];

    private static (string User, string Password) Credentials(string userInfo)
    {
        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? (Uri.UnescapeDataString(userInfo), string.Empty)
            : (Uri.UnescapeDataString(userInfo[..colon]), Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }
}
