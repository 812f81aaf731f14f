using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>MAIL FROM (RFC 5321 section 4.1.1.2): opens a transaction.</summary>
internal static class MailCommand
{
    public static ValueTask ExecuteAsync(LmtpSession session, CommandLine command)
    {
        if (Parse(session, command.Arguments.Span, out var transaction, out var isBinary) is { } fault)
        {
            session.Reply(fault);
            return ValueTask.CompletedTask;
        }

        return BeginAsync(session, transaction!, isBinary);
    }

    private static Reply? Parse(LmtpSession session, ReadOnlySpan<byte> arguments, out MailTransaction? transaction, out bool isBinary)
    {
        transaction = null;
        isBinary = false;
        if (arguments.Length < 5 || !Ascii.EqualsIgnoreCase(arguments[..5], "FROM:"u8))
        {
            return Replies.MailSyntax;
        }

        var status = PathParser.ParseReversePath(arguments[5..], out var address, out var rest);
        if (status is PathStatus.NotAPath or PathStatus.BadAddress)
        {
            return status == PathStatus.NotAPath ? Replies.MailSyntax : Replies.BadSender;
        }

        var parameters = new MailParameters();
        if (parameters.Parse(rest) is { } fault)
        {
            return fault;
        }

        if (status == PathStatus.OkBeyondAscii && !parameters.Utf8)
        {
            return Replies.SenderNeedsUtf8;
        }

        var limits = session.Limits;
        if (parameters.Size > limits.MaxMessageSize)
        {
            return Replies.SizeExceedsLimit(limits.MaxMessageSize);
        }

        if (limits.MaxMessagesPerConnection > 0 && session.Messages >= limits.MaxMessagesPerConnection)
        {
            session.End(SessionEnd.Refused);
            return Replies.TooManyMessages;
        }

        isBinary = parameters.IsBinary;
        transaction = new MailTransaction
        {
            Session = session.Describe(),
            ReversePath = address,
            DeclaredSize = parameters.Size,
            Utf8 = parameters.Utf8,
            EnvelopeId = parameters.EnvelopeId,
        };
        return null;
    }

    private static async ValueTask BeginAsync(LmtpSession session, MailTransaction transaction, bool isBinary)
    {
        var services = session.Services;
        var verdict = await services.Agent.BeginTransactionAsync(transaction, services.Aborted);
        if (verdict.Status != DeliveryStatus.Accepted)
        {
            session.Reply(Reply.Text(DeliveryReplyText.AtMail(verdict)));
            return;
        }

        session.Open(transaction, isBinary);
        session.Reply(Replies.SenderOk);
    }
}
