using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>NOOP (RFC 5321 section 4.1.1.9): any argument is ignored.</summary>
internal static class NoopCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session)
    {
        session.Reply(Replies.Ok);
        return ValueTask.CompletedTask;
    }
}
