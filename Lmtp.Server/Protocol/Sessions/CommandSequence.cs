using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>
/// Which command may follow which, to be read beside RFC 5321 section 4.1.4, RFC 2033 section 4 and RFC 3030: one row
/// for each command that depends on the state, one column for each state. Other commands are in order at any time.
/// </summary>
internal static class CommandSequence
{
    private static Reply? Yes => null;

    private static readonly Dictionary<Verb, Reply?[]> Table = new()
    {
        //                 Connected          Ready              Mail                       Recipients          Chunks               ChunksFailed
        [Verb.Mail] = [Replies.LhloFirst, Yes, Replies.NestedMail, Replies.NestedMail, Replies.NestedMail, Replies.ChunksFailed],
        [Verb.Rcpt] = [Replies.LhloFirst, Replies.MailFirst, Yes, Yes, Replies.ChunksBegun, Replies.ChunksFailed],
        [Verb.Data] = [Replies.LhloFirst, Replies.MailFirst, Replies.NoValidRecipients, Yes, Replies.ChunksBegun, Replies.ChunksFailed],
        [Verb.StartTls] = [Replies.LhloFirst, Yes, Replies.NestedMail, Replies.NestedMail, Replies.NestedMail, Replies.ChunksFailed],
        [Verb.Auth] = [Replies.LhloFirst, Yes, Replies.NestedMail, Replies.NestedMail, Replies.NestedMail, Replies.ChunksFailed],
        [Verb.Xclient] = [Replies.LhloFirst, Yes, Replies.NestedMail, Replies.NestedMail, Replies.NestedMail, Replies.ChunksFailed],
        [Verb.Xforward] = [Replies.LhloFirst, Yes, Replies.NestedMail, Replies.NestedMail, Replies.NestedMail, Replies.ChunksFailed],
        [Verb.Bdat] = [Replies.LhloFirst, Replies.MailFirst, Replies.NoValidRecipients, Yes, Yes, Replies.ChunksFailed],
    };

    /// <summary>Null when the command is in order, otherwise the reply that says what is.</summary>
    public static Reply? Check(Verb verb, SessionState state) =>
        Table.TryGetValue(verb, out var row) ? row[(int)state] : null;
}
