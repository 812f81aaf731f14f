using System.Buffers;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;

namespace Lmtp.Server.Protocol.Receiving;

/// <summary>
/// Hands the bytes of one message to delivery while they arrive and holds them to the limits. Once the message has a
/// fault, what was kept of it is forgotten and the rest is only read away, so that the answer can be given.
/// </summary>
internal sealed class MessageReceiver(
    IMessageIntake? intake,
    LimitOptions limits,
    BareLineEndingPolicy policy,
    string sessionId,
    ILogger logger) : IAsyncDisposable
{
    private IMessageIntake? _intake = intake;
    private HeaderInspector _header = new(limits);
    private BareLineEndingDetector _detector;
    private LineEndingNormaliser _normaliser;

    /// <summary>Bytes received, dots unstuffed.</summary>
    public long Length { get; private set; }

    /// <summary>Why the message is refused, or null.</summary>
    public MessageFault? Fault { get; private set; } = intake is null ? MessageFault.IntakeFailed : null;

    /// <summary>Opens the intake for the session's open transaction. Never throws: that is a fault of the message.</summary>
    public static MessageReceiver Open(LmtpSession session)
    {
        var transaction = session.Transaction!;
        IMessageIntake? intake = null;
        try
        {
            intake = session.Services.Agent.OpenMessage(transaction.Envelope, transaction.Recipients.ToArray());
        }
        catch (Exception exception)
        {
            session.Services.Logger.IntakeFailed(exception, session.Profile.SessionId);
        }

        // A binary message has no lines of its own that could be repaired.
        var policy = transaction.IsBinary ? BareLineEndingPolicy.Keep : session.Options.BareLineEndings;
        return new MessageReceiver(intake, session.Limits, policy, session.Profile.SessionId, session.Services.Logger);
    }

    /// <summary>Takes the next bytes of the message.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Length += bytes.Length;
        if (Fault is not null)
        {
            return;
        }

        var fault = Length > limits.MaxMessageSize ? MessageFault.TooLarge(limits.MaxMessageSize)
            : policy == BareLineEndingPolicy.Reject && _detector.Feed(bytes.Span) ? MessageFault.BareLineEnding
            : _header.Inspect(bytes.Span);
        if (fault is not null)
        {
            await FailAsync(fault);
            return;
        }

        if (policy != BareLineEndingPolicy.Normalise)
        {
            await PassOnAsync(bytes, cancellationToken);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(LineEndingNormaliser.MaxOutput(bytes.Length));
        try
        {
            var length = _normaliser.Feed(bytes.Span, buffer);
            await PassOnAsync(buffer.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Ends the message. Returns the intake, from now on the caller's, or null when the message has a fault.
    /// </summary>
    public async ValueTask<IMessageIntake?> CompleteAsync(CancellationToken cancellationToken)
    {
        if (Fault is null && policy == BareLineEndingPolicy.Reject && _detector.AtEnd())
        {
            await FailAsync(MessageFault.BareLineEnding);
        }

        if (Fault is null && policy == BareLineEndingPolicy.Normalise)
        {
            var rest = new byte[2];
            await PassOnAsync(rest.AsMemory(0, _normaliser.End(rest)), cancellationToken);
        }

        var complete = _intake;
        _intake = null;
        return complete;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_intake is { } intake)
        {
            _intake = null;
            await intake.DisposeAsync();
        }
    }

    private async ValueTask PassOnAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        try
        {
            await _intake!.WriteAsync(bytes, cancellationToken);
        }
        catch (Exception exception)
        {
            // A full disk or a fault in delivery is no reason to leave the client without its answers.
            logger.IntakeFailed(exception, sessionId);
            await FailAsync(MessageFault.IntakeFailed);
        }
    }

    private async ValueTask FailAsync(MessageFault fault)
    {
        Fault = fault;
        try
        {
            await DisposeAsync();
        }
        catch (Exception exception)
        {
            logger.IntakeFailed(exception, sessionId);
        }
    }
}
