using Lmtp.Server.Protocol.Configuration;

namespace Lmtp.Server.Protocol.Replying;

/// <summary>
/// Every text that the protocol layer itself sends, but for the outcome of a recipient
/// (<see cref="RecipientReplies"/>). Each says what happened and, where something is to be done, what.
/// </summary>
internal static class Replies
{
    public static readonly Reply Ok = Reply.Fixed("250 2.0.0 OK"u8);
    public static readonly Reply SenderOk = Reply.Fixed("250 2.1.0 Sender OK"u8);
    public static readonly Reply Flushed = Reply.Fixed("250 2.0.0 Transaction forgotten"u8);
    public static readonly Reply Bye = Reply.Fixed("221 2.0.0 Bye"u8);
    public static readonly Reply CannotVerify = Reply.Fixed("252 2.0.0 Not verified here, RCPT gives the answer"u8);
    public static readonly Reply StartMail = Reply.Fixed("354 Send the message, end it with a line that holds a single dot"u8);
    public static readonly Reply Help = Reply.Lines(
        "214-2.0.0 This is LMTP (RFC 2033). Commands:\r\n"
        + "214-2.0.0 LHLO MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT\r\n"
        + "214 2.0.0 LHLO lists the extensions that are on\r\n");

    // Sequence (RFC 5321 section 4.1.4, RFC 2033 section 4.2).
    public static readonly Reply LhloFirst = Reply.BadCommand("503 5.5.1 Send LHLO first"u8);
    public static readonly Reply MailFirst = Reply.BadCommand("503 5.5.1 Send MAIL first"u8);
    public static readonly Reply NestedMail = Reply.BadCommand("503 5.5.1 A transaction is open already, end it or send RSET"u8);
    public static readonly Reply ChunksBegun = Reply.BadCommand("503 5.5.1 BDAT has begun, go on with BDAT or send RSET"u8);
    public static readonly Reply ChunksFailed = Reply.BadCommand("503 5.5.1 An earlier chunk failed, send RSET"u8);
    public static readonly Reply BinaryNeedsBdat = Reply.BadCommand("503 5.5.1 BODY=BINARYMIME is sent with BDAT, not DATA"u8);

    // Not a mistake: a client that pipelines sends DATA before it knows that all its recipients were refused.
    public static readonly Reply NoValidRecipients = Reply.Fixed("503 5.5.1 No valid recipients"u8);

    // Syntax.
    public static readonly Reply UseLhlo = Reply.BadCommand("500 5.5.1 This is an LMTP server: greet with LHLO (RFC 2033), not with HELO or EHLO"u8);
    public static readonly Reply UnknownCommand = Reply.BadCommand("500 5.5.1 Command not recognised"u8);
    public static readonly Reply NotImplemented = Reply.BadCommand("502 5.5.1 Command not implemented"u8);
    public static readonly Reply ProxyNotExpected = Reply.BadCommand("500 5.5.1 The PROXY protocol is not switched on for this listener"u8);
    public static readonly Reply BadCharacter = Reply.BadCommand("500 5.5.2 The command holds a control character or is not UTF-8; only CRLF ends a command"u8);
    public static readonly Reply LhloSyntax = Reply.BadCommand("501 5.5.4 Syntax: LHLO hostname"u8);
    public static readonly Reply MailSyntax = Reply.BadCommand("501 5.5.4 Syntax: MAIL FROM:<address> [parameters], no blank before the address"u8);
    public static readonly Reply RcptSyntax = Reply.BadCommand("501 5.5.4 Syntax: RCPT TO:<address> [parameters], no blank before the address"u8);
    public static readonly Reply VrfySyntax = Reply.BadCommand("501 5.5.4 Syntax: VRFY address"u8);
    public static readonly Reply BdatSyntax = Reply.BadCommand("501 5.5.4 Syntax: BDAT size [LAST]; closing the connection, the end of the chunk is unknown"u8);
    public static readonly Reply NoArguments = Reply.BadCommand("501 5.5.4 This command takes no argument"u8);
    public static readonly Reply BadSender = Reply.BadCommand("501 5.1.7 Bad sender address syntax"u8);
    public static readonly Reply BadRecipient = Reply.BadCommand("501 5.1.3 Bad recipient address syntax"u8);
    public static readonly Reply SenderNeedsUtf8 = Reply.Fixed("553 5.6.7 A sender address beyond ASCII needs the SMTPUTF8 parameter"u8);
    public static readonly Reply RecipientNeedsUtf8 = Reply.Fixed("553 5.6.7 A recipient address beyond ASCII needs SMTPUTF8 on MAIL"u8);

    // TLS, authentication, relays.
    public static readonly Reply ReadyForTls = Reply.Fixed("220 2.0.0 Ready to start TLS"u8);
    public static readonly Reply TlsNotConfigured = Reply.BadCommand("502 5.5.1 STARTTLS is not configured for this listener"u8);
    public static readonly Reply AlreadyEncrypted = Reply.BadCommand("503 5.5.1 TLS is on already"u8);
    public static readonly Reply StartTlsFirst = Reply.BadCommand("530 5.7.0 Send STARTTLS first"u8);
    public static readonly Reply PipelinedBehindTls = Reply.Fixed("421 4.7.0 Nothing may be sent behind STARTTLS before its answer, closing the connection"u8);
    public static readonly Reply AuthNotConfigured = Reply.BadCommand("502 5.5.1 Authentication is not configured for this listener"u8);
    public static readonly Reply AuthFirst = Reply.BadCommand("530 5.7.0 Authentication required"u8);
    public static readonly Reply AuthSyntax = Reply.BadCommand("501 5.5.4 Syntax: AUTH mechanism [initial-response]"u8);
    public static readonly Reply AlreadyAuthenticated = Reply.BadCommand("503 5.5.1 Authenticated already"u8);
    public static readonly Reply UnknownMechanism = Reply.BadCommand("504 5.5.4 This mechanism is not offered here, see the answer to LHLO"u8);
    public static readonly Reply AuthCancelled = Reply.BadCommand("501 5.7.0 Authentication cancelled"u8);
    public static readonly Reply BadBase64 = Reply.BadCommand("501 5.5.2 The response is not base64"u8);
    public static readonly Reply BadCredentials = Reply.BadCommand("535 5.7.8 Authentication failed"u8);
    public static readonly Reply Authenticated = Reply.Fixed("235 2.7.0 Authentication succeeded"u8);
    public static readonly Reply RelayNotTrusted = Reply.BadCommand("550 5.7.1 This client may not speak for others, see XclientNetworks"u8);
    public static readonly Reply BadAttributes = Reply.BadCommand("501 5.5.4 Bad attribute name or value"u8);
    public static readonly Reply ClientNotAllowed = Reply.Fixed("421 4.7.1 Clients from your network are not allowed here, see ClientNetworks"u8);

    // Limits and time.
    public static readonly Reply TooManyRecipients = Reply.Fixed("452 4.5.3 Too many recipients, send the rest in another transaction"u8).For(LimitName.MaxRecipients);
    public static readonly Reply TooManyErrors = Reply.Fixed("421 4.7.0 Too many bad commands, closing the connection"u8).For(LimitName.MaxErrors);
    public static readonly Reply TooManyMessages = Reply.Fixed("421 4.7.0 Too many messages in one connection, connect again for more"u8).For(LimitName.MaxMessagesPerConnection);
    public static readonly Reply TooManyConnections = Reply.Fixed("421 4.3.2 Too many connections, try again later"u8).For(LimitName.MaxConnections);
    public static readonly Reply TooManyFromClient = Reply.Fixed("421 4.7.0 Too many connections from your address, use fewer or try again later"u8).For(LimitName.MaxConnectionsPerClient);
    public static readonly Reply LineNeverEnds = Reply.Fixed("421 4.7.0 That command line does not end, closing the connection"u8).For(LimitName.MaxCommandLength);
    public static readonly Reply IdleTooLong = Reply.Fixed("421 4.4.2 Nothing heard for too long, closing the connection"u8).For(LimitName.IdleTimeout);
    public static readonly Reply CommandTooSlow = Reply.Fixed("421 4.4.2 The command took too long, closing the connection"u8).For(LimitName.CommandTimeout);
    public static readonly Reply DataTooSlow = Reply.Fixed("421 4.4.2 The message came too slowly, closing the connection; nothing was stored"u8).For(LimitName.MinDataRate);
    public static readonly Reply DataStopped = Reply.Fixed("421 4.4.2 The message stopped coming, closing the connection; nothing was stored"u8).For(LimitName.DataTimeout);
    public static readonly Reply SessionTooLong = Reply.Fixed("421 4.4.2 The connection lasted too long, connect again"u8).For(LimitName.SessionTimeout);
    public static readonly Reply ShuttingDown = Reply.Fixed("421 4.3.2 The server is stopping, connect again later"u8);
    public static readonly Reply InternalError = Reply.Fixed("421 4.3.0 Something unexpected failed, try again later"u8);

    // Someone who speaks another protocol.
    public static readonly Reply NotHttp = Reply.Fixed("421 4.7.0 This is LMTP, not HTTP"u8);
    public static readonly Reply NotTls = Reply.Fixed("421 4.7.0 This listener does not begin with TLS"u8);
    public static readonly Reply TalksTooSoon = Reply.Fixed("554 5.5.0 The client talks before the greeting, closing the connection"u8).For(LimitName.GreetingDelay);

    public static Reply Greeting(string serverName) => Reply.Text($"220 {serverName} LMTP ready");

    public static Reply LineTooLong(int limit) => Bad($"500 5.5.2 Command line too long, the limit is {limit} bytes").For(LimitName.MaxCommandLength);

    public static Reply ConnectionsTooFast(TimeSpan wait) =>
        Reply.Text($"421 4.7.1 Too many connections from your address, try again in {Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))} s");

    public static Reply SizeExceedsLimit(long limit) => Reply.Text($"552 5.3.4 The announced size exceeds the limit of {limit} bytes").For(LimitName.MaxMessageSize);

    public static Reply UnknownParameter(string keyword) => Bad($"555 5.5.4 Parameter {keyword} is not supported");

    public static Reply BadParameter(string keyword) => Bad($"501 5.5.4 Parameter {keyword} has a bad value");

    public static Reply RepeatedParameter(string keyword) => Bad($"501 5.5.4 Parameter {keyword} is given twice");

    public static Reply Challenge(ReadOnlySpan<byte> challenge) => Reply.Text($"334 {Convert.ToBase64String(challenge)}");

    public static Reply ChunkTaken(long octets) => Reply.Text($"250 2.0.0 {octets} octets taken");

    public static Reply ChunkRefused(MessageFault fault) => Reply.Text($"{fault.Text}; send RSET");

    private static Reply Bad(string text) => Reply.Text(text).AsBadCommand();
}
