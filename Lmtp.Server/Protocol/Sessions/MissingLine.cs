using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>What a session does when it waited for a command line and got none.</summary>
internal static class MissingLine
{
    /// <summary>Answers, and ends the session unless it can go on.</summary>
    public static void Answer(LmtpSession session, LineStatus status)
    {
        switch (status)
        {
            case LineStatus.TooLong:
                session.Reply(Replies.LineTooLong(session.Limits.MaxCommandLength));
                break;
            case LineStatus.Endless:
                session.End(SessionEnd.Refused, Replies.LineNeverEnds);
                break;
            case LineStatus.TlsHandshake:
                session.End(SessionEnd.Refused, Replies.NotTls);
                break;
            case LineStatus.Idle or LineStatus.TooSlow when session.TimeLeft <= TimeSpan.Zero:
                session.End(SessionEnd.TimedOut, Replies.SessionTooLong);
                break;
            case LineStatus.Idle:
                session.End(SessionEnd.TimedOut, Replies.IdleTooLong);
                break;
            case LineStatus.TooSlow:
                session.End(SessionEnd.TimedOut, Replies.CommandTooSlow);
                break;
            case LineStatus.Stopping:
                session.EndForStop(insideMessage: session.State == SessionState.Chunks);
                break;
            case LineStatus.EndOfInput:
                session.End(SessionEnd.EndOfInput);
                break;
            default:
                session.Abandon();
                break;
        }
    }
}
