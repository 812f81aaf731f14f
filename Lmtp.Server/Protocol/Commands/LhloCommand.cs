using System.Text;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>LHLO (RFC 2033 section 4.1): like EHLO, it also ends an open transaction.</summary>
internal static class LhloCommand
{
    public static async ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (!IsHostName(command.Arguments.Span))
        {
            session.Reply(Replies.LhloSyntax);
            return;
        }

        var name = Encoding.UTF8.GetString(command.Arguments.Span).ToLowerInvariant();
        await session.ResetAsync();
        session.LhloName = name;
        session.State = SessionState.Ready;
        session.Reply(LhloReply.Build(session));
    }

    /// <summary>
    /// One word. More is not asked: many clients know their own name badly, and nothing here depends on it.
    /// </summary>
    private static bool IsHostName(ReadOnlySpan<byte> argument) => !argument.IsEmpty && !argument.Contains((byte)' ');
}
