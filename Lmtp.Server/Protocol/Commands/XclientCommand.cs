using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>
/// XCLIENT, as Postfix documents it: a trusted relay says for whom it speaks. The session begins anew, with a
/// greeting.
/// </summary>
internal static class XclientCommand
{
    /// <summary>What LHLO announces.</summary>
    public const string Keyword = "XCLIENT NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT";

    private static readonly HashSet<string> Names = ["NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT"];

    public static async ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (ForwardedAttributes.Parse(command.Arguments.Span, Names) is not { } attributes
            || !TryApply(attributes, session.Client, out var client))
        {
            session.Reply(Replies.BadAttributes);
            return;
        }

        await session.ResetAsync();
        session.Client = client;
        session.LhloName = "";
        session.State = SessionState.Connected;
        session.Reply(Replies.Greeting(session.ServerName));
    }

    private static bool TryApply(Dictionary<string, string?> attributes, ClientIdentity before, out ClientIdentity client)
    {
        client = before;
        if (attributes.TryGetValue("ADDR", out var text))
        {
            System.Net.IPAddress? address = null;
            if (text is not null && !ForwardedAttributes.TryAddress(text, out address))
            {
                return false;
            }

            client = client with { Address = address, HostName = null };
        }

        if (attributes.TryGetValue("NAME", out var name))
        {
            client = client with { HostName = name };
        }

        if (attributes.TryGetValue("LOGIN", out var login))
        {
            client = client with { AuthenticatedAs = login };
        }

        return true;
    }
}
