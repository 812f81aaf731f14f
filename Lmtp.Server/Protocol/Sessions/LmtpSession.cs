using System.IO.Pipelines;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Grammar;
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
    private AnswerConfirmation _confirmation;
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

    /// <summary>The open transaction, or null between messages.</summary>
    public OpenTransaction? Transaction { get; private set; }

    /// <summary>Messages that were received to their end.</summary>
    public int Messages { get; set; }

    /// <summary>Recipients that were answered with 2xx after their message.</summary>
    public int Delivered { get; set; }

    /// <summary>Whether the server ended the session because of what the client did, perhaps in the middle of its input.</summary>
    public bool WasRefused => _end == SessionEnd.Refused;

    /// <summary>How long the session may still last.</summary>
    public TimeSpan TimeLeft => Limits.SessionTimeout - Services.Time.GetElapsedTime(_started);

    /// <summary>A message whose chunks are on their way is in flight; elsewhere a stop may come between two commands.</summary>
    private bool MayBeStopped => State is not SessionState.Chunks;

    /// <summary>Whether text beyond ASCII may be sent to the client (RFC 6531 section 3.5).</summary>
    public bool Utf8 => Transaction?.Envelope.Utf8 ?? false;

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
                // Not in a method of its own: each level of waiting costs an idle connection memory.
                _verb = Verb.Unknown;
                var (status, line) = await _commands.ReadLineAsync(TimeLeft, MayBeStopped);
                if (IsLine(status))
                {
                    var command = CommandLine.Parse(line);
                    _verb = command.Verb;
                    await CommandDispatcher.ExecuteAsync(this, command);
                }
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
            Report();
        }
    }

    /// <summary>Asks the session to end at the next command boundary. May be called from any thread.</summary>
    public void RequestStop() => Transport.RequestStop();

    /// <summary>Asks the session to end even inside a message that is still coming. May be called from any thread.</summary>
    public void RequestAbort() => Transport.RequestAbort();

    /// <summary>Adds a reply; too many mistakes of the client end the session.</summary>
    public void Reply(in Reply reply)
    {
        Transport.Write(reply);
        Services.Metrics.Replied(_verb, reply.Code);
        Services.Metrics.LimitMet(reply.Limit);
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
    public void Open(MailTransaction envelope, bool isBinary)
    {
        Transaction = new OpenTransaction(envelope, isBinary, Services.Time.GetUtcNow());
        State = SessionState.Mail;
    }

    /// <summary>Forgets the open transaction, if any.</summary>
    public async ValueTask ResetAsync()
    {
        Forwarded = null;
        State = State == SessionState.Connected ? SessionState.Connected : SessionState.Ready;
        if (Transaction is { } transaction)
        {
            Transaction = null;
            await transaction.DisposeAsync();
        }
    }

    /// <summary>Notes that the answers of the open transaction are sent.</summary>
    public void AwaitConfirmation() => _confirmation.Await(Transaction!.Envelope, Transport);

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

    /// <summary>Ends the session because the server stops; a message that was still coming has had its grace period.</summary>
    public void EndForStop(bool insideMessage)
    {
        End(SessionEnd.Stopped, Replies.ShuttingDown);
        if (insideMessage)
        {
            Services.Metrics.LimitMet(LimitName.ShutdownGrace);
        }
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
        var (status, line) = await _commands.ReadLineAsync(TimeLeft, MayBeStopped);
        return IsLine(status) ? line : null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Transport.Dispose();
        return _upgrade?.DisposeAsync() ?? ValueTask.CompletedTask;
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

    /// <summary>Takes note of a line, or answers its absence.</summary>
    private bool IsLine(LineStatus status)
    {
        if (status == LineStatus.Line)
        {
            _confirmation.LineCame(Transport, Services.Agent);
            return true;
        }

        MissingLine.Answer(this, status);
        return false;
    }

    private void Report()
    {
        var elapsed = Services.Time.GetElapsedTime(_started);
        var end = _end ?? SessionEnd.Faulted;
        Services.Logger.SessionEnded(Profile.SessionId, end, Messages, Delivered, elapsed.TotalSeconds);
        Services.Metrics.SessionEnded(Profile.Listener, end, elapsed);
        if (Transport.WriteTimedOut)
        {
            Services.Metrics.LimitMet(LimitName.WriteTimeout);
        }
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
