using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>QUIT (RFC 5321 section 4.1.1.10).</summary>
internal static class QuitCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (command.Arguments.IsEmpty)
        {
            session.End(SessionEnd.Quit, Replies.Bye);
        }
        else
        {
            session.Reply(Replies.NoArguments);
        }

        return ValueTask.CompletedTask;
    }
}
