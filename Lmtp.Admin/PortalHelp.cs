namespace Lmtp.Admin;

/// <summary>What <c>--help</c> prints.</summary>
internal static class PortalHelp
{
    public const string Text =
        """
        Lmtp.Admin: the portal of an Lmtp.Server, for a browser.

        Usage: Lmtp.Admin [--<setting>=<value> ...]

        A setting is given as an argument (--Lmtp:Portal:SessionTime=08:00:00), in the environment
        (Lmtp__Portal__SessionTime=08:00:00), or in appsettings.json. Those that most portals need:

          --Lmtp:Api:Key=<key>                  what the mail server has as Lmtp:Api:PortalKey; needed
          --Lmtp:Api:BaseAddress=<url>          the mail server's API; default: http://127.0.0.1:2080
          --Kestrel:Endpoints:Http:Url=<url>    where the portal listens; default: http://127.0.0.1:2081
          --AllowedHosts=<names>                the host names it answers to; default: those of the own machine
          --Lmtp:Portal:KeyDirectory=<path>     the keys of sessions; default: .lmtp/portal-keys
          --ConnectionStrings:redis=<address>   keeps those keys in Redis instead, for several portals

        Secrets are better given in the environment or in a file than as arguments, which others can see.

        Everything that can be set: docs/deployment.md.
        To run all of it on one machine, mail server included: dotnet run --project Lmtp.AppHost
        """;
}
