using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>Commands that this server does not have, each with the answer that helps its sender most.</summary>
internal static class RefusedCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        switch (command.Verb)
        {
            case Verb.Helo or Verb.Ehlo:
                // RFC 2033 section 4.1: they must not get a positive reply.
                session.Reply(Replies.UseLhlo);
                break;
            case Verb.HttpMethod:
                // A browser can be made to post commands to this port; nothing after the request line is read.
                session.End(SessionEnd.Refused, Replies.NotHttp);
                break;
            case Verb.Proxy:
                session.Reply(Replies.ProxyNotExpected);
                break;
            case Verb.Unknown:
                session.Reply(Replies.UnknownCommand);
                break;
            default:
                session.Reply(Replies.NotImplemented);
                break;
        }

        return ValueTask.CompletedTask;
    }
}
