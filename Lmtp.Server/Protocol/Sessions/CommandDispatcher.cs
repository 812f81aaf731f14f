using Lmtp.Server.Protocol.Commands;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>Hands a command line to the command that it names, once it may be executed.</summary>
internal static class CommandDispatcher
{
    public static ValueTask ExecuteAsync(LmtpSession session, in CommandLine command)
    {
        if (!command.IsText)
        {
            session.Reply(Replies.BadCharacter);
            return ValueTask.CompletedTask;
        }

        // The octets of a chunk come whether or not BDAT is allowed, so it answers for itself.
        if (command.Verb != Verb.Bdat && CommandGuard.Check(session, command.Verb) is { } refusal)
        {
            session.Reply(refusal);
            return ValueTask.CompletedTask;
        }

        return command.Verb switch
        {
            Verb.Lhlo => LhloCommand.ExecuteAsync(session, command),
            Verb.Mail => MailCommand.ExecuteAsync(session, command),
            Verb.Rcpt => RcptCommand.ExecuteAsync(session, command),
            Verb.Data => DataCommand.ExecuteAsync(session, command),
            Verb.Bdat => BdatCommand.ExecuteAsync(session, command),
            Verb.Rset => RsetCommand.ExecuteAsync(session, command),
            Verb.Noop => NoopCommand.ExecuteAsync(session),
            Verb.Vrfy => VrfyCommand.ExecuteAsync(session, command),
            Verb.Help => HelpCommand.ExecuteAsync(session),
            Verb.StartTls => StartTlsCommand.ExecuteAsync(session, command),
            Verb.Auth => AuthCommand.ExecuteAsync(session, command),
            Verb.Xclient => XclientCommand.ExecuteAsync(session, command),
            Verb.Xforward => XforwardCommand.ExecuteAsync(session, command),
            Verb.Quit => QuitCommand.ExecuteAsync(session, command),
            _ => RefusedCommand.ExecuteAsync(session, command),
        };
    }
}
