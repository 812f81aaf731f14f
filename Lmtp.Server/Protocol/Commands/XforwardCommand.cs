using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>
/// XFORWARD, as Postfix documents it: a trusted relay says where the next message came from and under which queue id
/// it is known.
/// </summary>
internal static class XforwardCommand
{
    /// <summary>What LHLO announces.</summary>
    public const string Keyword = "XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE";

    private static readonly HashSet<string> Names = ["NAME", "ADDR", "PORT", "PROTO", "HELO", "IDENT", "SOURCE"];

    public static ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        session.Reply(Execute(session, command));
        return ValueTask.CompletedTask;
    }

    private static Reply Execute(LmtpSession session, CommandLine command)
    {
        if (ForwardedAttributes.Parse(command.Arguments.Span, Names) is not { } attributes)
        {
            return Replies.BadAttributes;
        }

        var forwarded = session.Forwarded ?? session.Client;
        if (attributes.TryGetValue("ADDR", out var text))
        {
            System.Net.IPAddress? address = null;
            if (text is not null && !ForwardedAttributes.TryAddress(text, out address))
            {
                return Replies.BadAttributes;
            }

            forwarded = forwarded with { Address = address, HostName = null };
        }

        if (attributes.TryGetValue("NAME", out var name))
        {
            forwarded = forwarded with { HostName = name };
        }

        if (attributes.TryGetValue("IDENT", out var queueId))
        {
            forwarded = forwarded with { QueueId = queueId };
        }

        session.Forwarded = forwarded;
        return Replies.Ok;
    }
}
