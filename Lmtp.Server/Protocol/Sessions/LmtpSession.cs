using System.IO.Pipelines;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Commands;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Receiving;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Telemetry;
using Microsoft.AspNetCore.Connections;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>
/// One LMTP session (RFC 2033) over any duplex pipe: reads commands, keeps the state, writes replies. What a command
/// does is in its own file under Commands.
/// </summary>
internal sealed class LmtpSession : IAsyncDisposable
{
    private readonly CommandReader _commands;
    private readonly long _started;
    private int _errors;
    private Verb _verb;
    private SessionEnd? _end;
    private MailTransaction? _answered;
    private int _arrivalsWhenAnswered;
    private TlsUpgrade? _upgrade;

    public LmtpSession(IDuplexPipe pipe, ConnectionProfile profile, SessionServices services)
    {
        Services = services;
        Options = services.Options;
        Profile = profile;
        Tls = profile.Tls;
        Client = new ClientIdentity { Address = profile.ClientAddress };
        ServerName = Options.ServerName.Length > 0 ? Options.ServerName : Environment.MachineName.ToLowerInvariant();
        Transport = new SessionTransport(pipe, services.Time, Limits.WriteTimeout);
        _commands = new CommandReader(Transport, Limits, services.Time);
        _started = services.Time.GetTimestamp();
    }

    public SessionServices Services { get; }

    /// <summary>The options as they were when the session began.</summary>
    public LmtpOptions Options { get; }

    public LimitOptions Limits => Options.Limits;

    public string ServerName { get; }

    public ConnectionProfile Profile { get; }

    public SessionTransport Transport { get; }

    /// <summary>The TLS in use, or null.</summary>
    public TlsState? Tls { get; private set; }

    /// <summary>Whom the session takes its client for.</summary>
    public ClientIdentity Client { get; set; }

    /// <summary>Whom XFORWARD named as the source of the next message, or null.</summary>
    public ClientIdentity? Forwarded { get; set; }

    public SessionState State { get; set; }

    /// <summary>The argument of LHLO, in lower case; empty before it.</summary>
    public string LhloName { get; set; } = "";

    /// <summary>The open transaction; set from MAIL on.</summary>
    public MailTransaction? Transaction { get; private set; }

    /// <summary>Whether the open transaction carries BODY=BINARYMIME.</summary>
    public bool IsBinary { get; private set; }

    /// <summary>When MAIL was accepted.</summary>
    public DateTimeOffset TransactionStarted { get; private set; }

    /// <summary>The accepted recipients of the open transaction, in RCPT order.</summary>
    public List<ResolvedRecipient> Recipients { get; } = [];

    /// <summary>What BDAT has brought so far, in state <see cref="SessionState.Chunks"/>.</summary>
    public MessageReceiver? Chunks { get; set; }

    /// <summary>Messages that were received to their end.</summary>
    public int Messages { get; set; }

    /// <summary>Recipients that were answered with 2xx after their message.</summary>
    public int Delivered { get; set; }

    /// <summary>Whether the server ended the session because of what the client did, perhaps in the middle of its input.</summary>
    public bool WasRefused => _end == SessionEnd.Refused;

    /// <summary>How long the session may still last.</summary>
    public TimeSpan TimeLeft => Limits.SessionTimeout - Services.Time.GetElapsedTime(_started);

    /// <summary>Whether text beyond ASCII may be sent to the client (RFC 6531 section 3.5).</summary>
    public bool Utf8 => Transaction?.Utf8 ?? false;

    /// <summary>Runs the session to its end. No exception leaves it.</summary>
    public async Task RunAsync()
    {
        Services.Logger.SessionStarted(Profile.SessionId, Profile.Listener, Client.Host);
        Services.Metrics.SessionStarted(Profile.Listener);
        try
        {
            await GreetAsync();
            while (_end is null)
            {
                await NextCommandAsync();
            }

            await Transport.FlushAsync();
        }
        catch (Exception exception) when (exception is IOException or ConnectionAbortedException or ObjectDisposedException)
        {
            Services.Logger.ConnectionBroken(exception, Profile.SessionId);
            _end = SessionEnd.ClientGone;
        }
        catch (Exception exception)
        {
            Services.Logger.SessionFailed(exception, Profile.SessionId);
            await EndAfterFaultAsync();
        }
        finally
        {
            await ResetAsync();
            var elapsed = Services.Time.GetElapsedTime(_started);
            var end = _end ?? SessionEnd.Faulted;
            Services.Logger.SessionEnded(Profile.SessionId, end, Messages, Delivered, elapsed.TotalSeconds);
            Services.Metrics.SessionEnded(Profile.Listener, end, elapsed);
        }
    }

    /// <summary>Asks the session to end at the next command boundary. May be called from any thread.</summary>
    public void RequestStop() => Transport.RequestStop();

    /// <summary>Adds a reply; too many mistakes of the client end the session.</summary>
    public void Reply(in Reply reply)
    {
        Transport.Write(reply);
        Services.Metrics.Replied(_verb, reply.Code);
        if (reply.IsBadCommand && ++_errors >= Limits.MaxErrors && _end is null)
        {
            End(SessionEnd.Refused, Replies.TooManyErrors);
        }
    }

    /// <summary>Ends the session after this reply.</summary>
    public void End(SessionEnd end, in Reply reply)
    {
        _end = end;
        Reply(reply);
    }

    /// <summary>Ends the session without another word.</summary>
    public void End(SessionEnd end) => _end = end;

    /// <summary>Opens a transaction.</summary>
    public void Open(MailTransaction transaction, bool isBinary)
    {
        Transaction = transaction;
        IsBinary = isBinary;
        TransactionStarted = Services.Time.GetUtcNow();
        State = SessionState.Mail;
    }

    /// <summary>Forgets the open transaction, if any.</summary>
    public async ValueTask ResetAsync()
    {
        Transaction = null;
        IsBinary = false;
        Forwarded = null;
        Recipients.Clear();
        State = State == SessionState.Connected ? SessionState.Connected : SessionState.Ready;
        if (Chunks is { } chunks)
        {
            Chunks = null;
            await chunks.DisposeAsync();
        }
    }

    /// <summary>
    /// Notes that the answers of the open transaction are sent. Only input that comes later shows that the client has
    /// them; what it had pipelined does not.
    /// </summary>
    public void AwaitConfirmation()
    {
        _answered = Transaction;
        _arrivalsWhenAnswered = Transport.Arrivals;
    }

    /// <summary>Notes that a message was received to its end: mistakes before it are forgiven.</summary>
    public void MessageReceived()
    {
        Messages++;
        _errors = 0;
    }

    /// <summary>Goes on under TLS, as if the client had just connected.</summary>
    public void UseTls(TlsUpgrade upgrade)
    {
        _upgrade = upgrade;
        Transport.Switch(upgrade);
        Tls = upgrade.State;
        Client = Client with { AuthenticatedAs = null };
        Forwarded = null;
        LhloName = "";
        State = SessionState.Connected;
    }

    /// <summary>Ends the session where nothing can be said to the client any more.</summary>
    public void Abandon() => End(SessionEnd.ClientGone);

    /// <summary>What delivery is told about this connection.</summary>
    public SessionInfo Describe()
    {
        var client = Forwarded ?? Client;
        return new SessionInfo
        {
            SessionId = Profile.SessionId,
            ClientAddress = client.Address,
            ClientHost = client.Host,
            LhloName = LhloName,
            TlsCipher = Tls?.Cipher,
            QueueId = client.QueueId,
            AuthenticatedAs = Client.AuthenticatedAs,
        };
    }

    /// <summary>
    /// Waits for the next line; null when there is none, which has then been answered and may have ended the session.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync()
    {
        // A message whose chunks are on their way is in flight; elsewhere a stop may come between two commands.
        var (status, line) = await _commands.ReadLineAsync(TimeLeft, stoppable: State is not SessionState.Chunks);
        if (_answered is { } answered && status == LineStatus.Line && Transport.Arrivals > _arrivalsWhenAnswered)
        {
            _answered = null;
            Services.Agent.ConfirmAnswers(answered);
        }

        if (status == LineStatus.Line)
        {
            return line;
        }

        MissingLine.Answer(this, status);
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Transport.Dispose();
        if (_upgrade is null)
        {
            return;
        }

        try
        {
            await _upgrade.DisposeAsync();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ConnectionAbortedException)
        {
            Services.Logger.ConnectionBroken(exception, Profile.SessionId);
        }
    }

    private async ValueTask GreetAsync()
    {
        if (Limits.GreetingDelay > TimeSpan.Zero)
        {
            var early = await Transport.ReadAsync(Limits.GreetingDelay, stoppable: true);
            if (early.Status == ReadStatus.Data)
            {
                End(SessionEnd.Refused, Replies.TalksTooSoon);
                return;
            }
        }

        Reply(Replies.Greeting(ServerName));
    }

    private async ValueTask NextCommandAsync()
    {
        _verb = Verb.Unknown;
        if (await ReadLineAsync() is { } line)
        {
            await ExecuteAsync(CommandLine.Parse(line));
        }
    }

    private ValueTask ExecuteAsync(CommandLine command)
    {
        _verb = command.Verb;
        if (!command.IsText)
        {
            Reply(Replies.BadCharacter);
            return ValueTask.CompletedTask;
        }

        // The octets of a chunk come whether or not BDAT is allowed, so it answers for itself.
        if (command.Verb != Verb.Bdat && CommandGuard.Check(this, command.Verb) is { } refusal)
        {
            Reply(refusal);
            return ValueTask.CompletedTask;
        }

        return command.Verb switch
        {
            Verb.Lhlo => LhloCommand.ExecuteAsync(this, command),
            Verb.Mail => MailCommand.ExecuteAsync(this, command),
            Verb.Rcpt => RcptCommand.ExecuteAsync(this, command),
            Verb.Data => DataCommand.ExecuteAsync(this, command),
            Verb.Bdat => BdatCommand.ExecuteAsync(this, command),
            Verb.Rset => RsetCommand.ExecuteAsync(this, command),
            Verb.Noop => NoopCommand.ExecuteAsync(this),
            Verb.Vrfy => VrfyCommand.ExecuteAsync(this, command),
            Verb.Help => HelpCommand.ExecuteAsync(this),
            Verb.StartTls => StartTlsCommand.ExecuteAsync(this, command),
            Verb.Auth => AuthCommand.ExecuteAsync(this, command),
            Verb.Xclient => XclientCommand.ExecuteAsync(this, command),
            Verb.Xforward => XforwardCommand.ExecuteAsync(this, command),
            Verb.Quit => QuitCommand.ExecuteAsync(this, command),
            _ => RefusedCommand.ExecuteAsync(this, command),
        };
    }

    private async ValueTask EndAfterFaultAsync()
    {
        try
        {
            End(SessionEnd.Faulted, Replies.InternalError);
            await Transport.FlushAsync();
        }
        catch (Exception exception)
        {
            Services.Logger.ConnectionBroken(exception, Profile.SessionId);
        }
    }
}
