using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>HELP (RFC 5321 section 4.1.1.8).</summary>
internal static class HelpCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session)
    {
        session.Reply(Replies.Help);
        return ValueTask.CompletedTask;
    }
}
