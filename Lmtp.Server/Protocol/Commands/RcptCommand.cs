using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>RCPT TO (RFC 5321 section 4.1.1.3): asks delivery about one recipient and answers at once.</summary>
internal static class RcptCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (Parse(session, command.Arguments.Span, out var forwardPath) is { } fault)
        {
            session.Reply(fault);
            return ValueTask.CompletedTask;
        }

        return VerifyAsync(session, forwardPath!);
    }

    private static Reply? Parse(LmtpSession session, ReadOnlySpan<byte> arguments, out ForwardPath? forwardPath)
    {
        forwardPath = null;
        if (arguments.Length < 3 || !Ascii.EqualsIgnoreCase(arguments[..3], "TO:"u8))
        {
            return Replies.RcptSyntax;
        }

        var status = PathParser.ParseForwardPath(arguments[3..], out var address, out var rest);
        if (status is PathStatus.NotAPath or PathStatus.BadAddress)
        {
            return status == PathStatus.NotAPath ? Replies.RcptSyntax : Replies.BadRecipient;
        }

        if (status == PathStatus.OkBeyondAscii && !session.Utf8)
        {
            return Replies.RecipientNeedsUtf8;
        }

        var parameters = new RcptParameters();
        if (parameters.Parse(rest) is { } fault)
        {
            return fault;
        }

        if (session.Transaction!.Recipients.Count >= session.Limits.MaxRecipients)
        {
            return Replies.TooManyRecipients;
        }

        forwardPath = new ForwardPath(address, parameters.OriginalRecipient);
        return null;
    }

    private static async ValueTask VerifyAsync(LmtpSession session, ForwardPath forwardPath)
    {
        var services = session.Services;
        RecipientVerdict verdict;
        try
        {
            verdict = await services.Agent.VerifyRecipientAsync(session.Transaction!.Envelope, forwardPath, services.Aborted);
        }
        catch (Exception exception)
        {
            services.Logger.VerificationFailed(exception, session.Profile.SessionId);
            verdict = new RecipientVerdict(DeliveryStatus.TemporaryFailure);
        }

        services.Metrics.RecipientVerified(verdict.Status);
        if (verdict is { Status: DeliveryStatus.Accepted, Recipient: { } recipient })
        {
            session.Transaction!.Recipients.Add(recipient);
            session.State = SessionState.Recipients;
        }

        session.Reply(RecipientReplies.AtRcpt(verdict, forwardPath.Address, session.Utf8));
    }
}
