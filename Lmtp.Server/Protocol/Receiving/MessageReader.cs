using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Receiving;

/// <summary>Moves the bytes of a message from the connection to the receiver. The session ends when they stop coming.</summary>
internal static class MessageReader
{
    private static readonly byte[] Cr = "\r"u8.ToArray();

    /// <summary>Reads up to the final dot of DATA; false when the session is over.</summary>
    public static async ValueTask<bool> ReadDataAsync(LmtpSession session, MessageReceiver receiver)
    {
        var decoder = new DotDecoder();
        var pace = new DataPace(session.Limits, session.Services.Time);
        while (true)
        {
            var read = await ReadAsync(session, pace.BeginWait());
            if (read.Status is not (ReadStatus.Data or ReadStatus.EndOfInput))
            {
                return EndEarly(session, read.Status, pace);
            }

            pace.EndWait(read.Buffer.Length);
            var total = 0L;
            foreach (var segment in read.Buffer)
            {
                var rest = segment;
                while (!rest.IsEmpty)
                {
                    var step = decoder.Next(rest.Span, out var consumed);
                    total += consumed;
                    if (step == DotStep.End)
                    {
                        session.Transport.Advance(read.Buffer.GetPosition(total));
                        return true;
                    }

                    if (step != DotStep.Skip)
                    {
                        var run = step == DotStep.HeldCr ? Cr : rest[..consumed];
                        await receiver.WriteAsync(run, session.Services.Aborted);
                    }

                    rest = rest[consumed..];
                }
            }

            session.Transport.Advance(read.Buffer.End);
            if (read.Status == ReadStatus.EndOfInput)
            {
                return EndEarly(session, read.Status, pace);
            }
        }
    }

    /// <summary>Reads this many octets, into the receiver or into nothing; false when the session is over.</summary>
    public static async ValueTask<bool> ReadChunkAsync(LmtpSession session, long size, MessageReceiver? receiver)
    {
        var pace = new DataPace(session.Limits, session.Services.Time);
        var left = size;
        while (left > 0)
        {
            var read = await ReadAsync(session, pace.BeginWait());
            if (read.Status is not (ReadStatus.Data or ReadStatus.EndOfInput))
            {
                return EndEarly(session, read.Status, pace);
            }

            var taken = read.Buffer.Slice(0, Math.Min(left, read.Buffer.Length));
            pace.EndWait(taken.Length);
            if (receiver is not null)
            {
                foreach (var segment in taken)
                {
                    await receiver.WriteAsync(segment, session.Services.Aborted);
                }
            }

            left -= taken.Length;
            session.Transport.Advance(taken.End);
            if (left > 0 && read.Status == ReadStatus.EndOfInput)
            {
                return EndEarly(session, read.Status, pace);
            }
        }

        return true;
    }

    private static ValueTask<ReadOutcome> ReadAsync(LmtpSession session, TimeSpan allowed)
    {
        var left = session.TimeLeft;
        return session.Transport.ReadAsync(allowed < left ? allowed : left, stoppable: false);
    }

    private static bool EndEarly(LmtpSession session, ReadStatus status, in DataPace pace)
    {
        if (status == ReadStatus.TimedOut)
        {
            session.End(SessionEnd.TimedOut, session.TimeLeft <= TimeSpan.Zero ? Replies.SessionTooLong
                : pace.IsRateBound ? Replies.DataTooSlow
                : Replies.DataStopped);
        }
        else if (status == ReadStatus.Stopping)
        {
            session.EndForStop(insideMessage: true);
        }
        else
        {
            session.End(status == ReadStatus.EndOfInput ? SessionEnd.EndOfInput : SessionEnd.ClientGone);
        }

        return false;
    }
}
