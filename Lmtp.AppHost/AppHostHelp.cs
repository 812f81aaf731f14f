namespace Lmtp.AppHost;

/// <summary>What <c>--help</c> prints.</summary>
internal static class AppHostHelp
{
    public const string Text =
        """
        Lmtp.AppHost: runs the mail server, its portal, MongoDB and Redis on this machine.

        Usage: dotnet run --project Lmtp.AppHost [-- [verb] [--<setting>=<value> ...]]

        Verbs
          (none)                        start everything; Ctrl+C stops it
          sign-in-link                  beside a running AppHost: a link with which somebody new administers the portal
            --account=<name>            or sets a new password for this account
            --role=<role>               Admin (the default), Support or ReadOnly

        Settings, here or in the environment (Lmtp__Data=embedded)
          --Lmtp:Data=<source>          auto (the default), embedded, container or connection: where MongoDB and Redis
                                        come from
          --Lmtp:DataDirectory=<path>   what the embedded servers keep; default: .lmtp beside the project
          --Lmtp:Ports:Lmtp=<port>      default: 2003; Api 2080, Portal 2081, Mongo 27117, Redis 6479; 0 takes a free one
          --Lmtp:Storage:Upkeep=false   with the embedded servers: a WildDuck's task runner cleans up
          --ConnectionStrings:maildb=<url>, --ConnectionStrings:redis=<address>
                                        your own MongoDB (mongodb://host/database) and Redis (host:port)

        More: docs/deployment.md
        """;
}
