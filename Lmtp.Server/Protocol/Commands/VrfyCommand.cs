using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>VRFY (RFC 5321 section 3.5.3): says that only RCPT tells, so that addresses cannot be collected.</summary>
internal static class VrfyCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        session.Reply(command.Arguments.IsEmpty ? Replies.VrfySyntax : Replies.CannotVerify);
        return ValueTask.CompletedTask;
    }
}
