using System.Globalization;
using System.Text;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Receiving;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>
/// BDAT (RFC 3030 section 2): exactly as many octets as announced, which are read whatever the answer will be. The
/// last chunk is answered once for each recipient, as DATA is.
/// </summary>
internal static class BdatCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (!TryParse(command.Arguments.Span, out var size, out var last))
        {
            // Where the octets end is unknown, and octets must never be taken for commands.
            session.Reply(Replies.BdatSyntax);
            session.End(SessionEnd.Refused);
            return ValueTask.CompletedTask;
        }

        return ReceiveAsync(session, size, last);
    }

    private static bool TryParse(ReadOnlySpan<byte> arguments, out long size, out bool last)
    {
        var blank = arguments.IndexOf((byte)' ');
        var number = blank < 0 ? arguments : arguments[..blank];
        last = blank >= 0 && Ascii.EqualsIgnoreCase(arguments[(blank + 1)..], "LAST"u8);
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out size) && (blank < 0 || last);
    }

    private static async ValueTask ReceiveAsync(LmtpSession session, long size, bool last)
    {
        if (CommandGuard.Check(session, Verb.Bdat) is { } refusal)
        {
            if (await MessageReader.ReadChunkAsync(session, size, receiver: null))
            {
                session.Reply(refusal);
            }

            return;
        }

        session.State = SessionState.Chunks;
        var receiver = session.Transaction!.Chunks ??= MessageReceiver.Open(session);
        if (!await MessageReader.ReadChunkAsync(session, size, receiver))
        {
            return;
        }

        if (last)
        {
            await MessageCompletion.CompleteAsync(session, receiver);
        }
        else if (receiver.Fault is { } fault)
        {
            session.State = SessionState.ChunksFailed;
            session.Services.Metrics.LimitMet(fault.Limit);
            session.Reply(Replies.ChunkRefused(fault));
        }
        else
        {
            session.Reply(Replies.ChunkTaken(size));
        }
    }
}
