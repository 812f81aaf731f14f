using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>RSET (RFC 5321 section 4.1.1.5): forgets the open transaction.</summary>
internal static class RsetCommand
{
    public static async ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (!command.Arguments.IsEmpty)
        {
            session.Reply(Replies.NoArguments);
            return;
        }

        await session.ResetAsync();
        session.Reply(Replies.Flushed);
    }
}
