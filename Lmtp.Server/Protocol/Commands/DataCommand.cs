using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Receiving;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>DATA (RFC 5321 section 4.1.1.4): one reply for each recipient follows the message (RFC 2033 section 4.2).</summary>
internal static class DataCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (!command.Arguments.IsEmpty)
        {
            session.Reply(Replies.NoArguments);
            return ValueTask.CompletedTask;
        }

        if (session.Transaction!.IsBinary)
        {
            session.Reply(Replies.BinaryNeedsBdat);
            return ValueTask.CompletedTask;
        }

        session.Reply(Replies.StartMail);
        return ReceiveAsync(session);
    }

    private static async ValueTask ReceiveAsync(LmtpSession session)
    {
        await using var receiver = MessageReceiver.Open(session);
        if (await MessageReader.ReadDataAsync(session, receiver))
        {
            await MessageCompletion.CompleteAsync(session, receiver);
        }
    }
}
