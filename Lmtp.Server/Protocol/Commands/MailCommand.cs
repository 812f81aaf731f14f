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
        session.Reply(Execute(session, command.Arguments.Span));
        return ValueTask.CompletedTask;
    }

    private static Reply Execute(LmtpSession session, ReadOnlySpan<byte> arguments)
    {
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

        var transaction = new MailTransaction
        {
            Session = session.Describe(),
            ReversePath = address,
            DeclaredSize = parameters.Size,
            Utf8 = parameters.Utf8,
            EnvelopeId = parameters.EnvelopeId,
        };
        session.Open(transaction, parameters.IsBinary);
        return Replies.SenderOk;
    }
}
