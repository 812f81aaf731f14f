namespace Lmtp.Server;

/// <summary>What <c>--help</c> prints.</summary>
internal static class ServerHelp
{
    public const string Text =
        """
        Lmtp.Server: takes mail over LMTP (RFC 2033) and stores it in MongoDB as WildDuck does.

        Usage: Lmtp.Server [--<setting>=<value> ...]

        A setting is given as an argument (--Lmtp:Limits:MaxRecipients=100), in the environment
        (Lmtp__Limits__MaxRecipients=100), or in appsettings.json. Those that most servers need:

          --ConnectionStrings:maildb=<url>      MongoDB: mongodb://host/database; needed. MONGO_URL too
          --ConnectionStrings:redis=<address>   Redis: host:port. Without it there are no rate limits, and IMAP
                                                clients learn of new mail when they next ask
          --Lmtp:Listeners:0:Host=<address>     where LMTP listens; default: 127.0.0.1. LMTP_HOST too
          --Lmtp:Listeners:0:Port=<port>        default: 2003. LMTP_PORT too
          --Lmtp:Listeners:1:UnixSocket:Path=<path>
                                                a second listener, on a Unix socket
          --Kestrel:Endpoints:Http:Url=<url>    the HTTP API; default: http://127.0.0.1:2080
          --Lmtp:Api:Key=<key>                  the key of the API; default: made once, in .lmtp/api-key
          --Lmtp:Api:PortalKey=<key>            lets the portal in, which gets the same as its Lmtp:Api:Key
          --Lmtp:Limits:MaxMessageSize=<bytes>  default: 67108864
          --Lmtp:Storage:DefaultQuota=<bytes>   of users without one of their own; default: 1073741824
          --Lmtp:Storage:Upkeep=<true|false>    clean up what has expired; only where WildDuck's task runner does
                                                not; default: false

        Secrets are better given in the environment or in a file than as arguments, which others can see.

        Everything that can be set: docs/protocol.md, docs/delivery.md, docs/limits.md, docs/deployment.md.
        To run all of it on one machine, database included: dotnet run --project Lmtp.AppHost
        """;
}
