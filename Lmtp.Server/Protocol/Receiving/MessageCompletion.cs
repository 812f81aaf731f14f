using System.Diagnostics;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;

namespace Lmtp.Server.Protocol.Receiving;

/// <summary>
/// What follows the last byte of a message: delivery, and one reply for each recipient in RCPT order, each sent as
/// soon as it and those before it are known (RFC 2033 section 4.2).
/// </summary>
internal static class MessageCompletion
{
    /// <summary>How long a cancelled delivery may take to say so.</summary>
    private static readonly TimeSpan CancellationGrace = TimeSpan.FromSeconds(10);

    public static async ValueTask CompleteAsync(LmtpSession session, MessageReceiver receiver)
    {
        var services = session.Services;
        var transaction = session.Transaction!;
        using var activity = LmtpProtocolActivities.StartMessage(session, receiver.Length);
        session.MessageReceived();
        var intake = await receiver.CompleteAsync(services.Aborted);
        if (intake is null)
        {
            var fault = receiver.Fault ?? MessageFault.IntakeFailed;
            activity?.SetStatus(ActivityStatusCode.Error, fault.Name);
            RefuseAll(session, fault);
            services.Agent.MessageRefused(transaction.Envelope, transaction.Recipients, fault.Name, fault.Text, receiver.Length);
        }
        else
        {
            await DeliverAsync(session, intake);
        }

        var elapsed = services.Time.GetUtcNow() - transaction.Started;
        services.Logger.MessageAnswered(
            session.Profile.SessionId, receiver.Length, transaction.Recipients.Count, receiver.Fault?.Name ?? "none", elapsed.TotalSeconds);
        services.Metrics.MessageAnswered(receiver.Length, transaction.Recipients.Count, receiver.Fault, elapsed);

        // The answers must not wait for whatever the client has pipelined behind the message.
        await session.Transport.FlushAsync();
        session.AwaitConfirmation();
        await session.ResetAsync();
    }

    private static void RefuseAll(LmtpSession session, MessageFault fault)
    {
        session.Services.Metrics.LimitMet(fault.Limit);
        foreach (var recipient in session.Transaction!.Recipients)
        {
            session.Reply(RecipientReplies.Refused(fault, recipient.Address, session.Profile.SessionId, session.Utf8));
        }
    }

    private static async ValueTask DeliverAsync(LmtpSession session, IMessageIntake intake)
    {
        var services = session.Services;
        await using var _ = intake;
        using var timeout = new CancellationTokenSource(session.Limits.DeliveryTimeout, services.Time);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, services.Aborted);
        var started = services.Time.GetTimestamp();
        var deliveries = Start(session, intake, cancellation.Token);
        var recipients = session.Transaction!.Recipients;
        var tooDeep = false;
        for (var i = 0; i < recipients.Count; i++)
        {
            var outcome = new DeliveryOutcome(DeliveryStatus.TemporaryFailure);
            if (i < deliveries.Count)
            {
                var allowed = session.Limits.DeliveryTimeout + CancellationGrace - services.Time.GetElapsedTime(started);
                outcome = await OutcomeAsync(session, deliveries[i], allowed);
            }

            tooDeep |= outcome.Status == DeliveryStatus.MessageTooComplex;
            Answer(session, recipients[i], outcome);
        }

        services.Metrics.LimitMet(tooDeep ? LimitName.MaxMimeDepth : null);
        CountTimeouts(services, timeout.IsCancellationRequested);
        await SettleAsync(session, deliveries);
    }

    private static void CountTimeouts(SessionServices services, bool deliveryTimedOut)
    {
        if (services.Aborted.IsCancellationRequested)
        {
            services.Metrics.LimitMet(LimitName.ShutdownGrace);
        }
        else if (deliveryTimedOut)
        {
            services.Metrics.LimitMet(LimitName.DeliveryTimeout);
        }
    }

    private static IReadOnlyList<Task<DeliveryOutcome>> Start(LmtpSession session, IMessageIntake intake, CancellationToken cancellationToken)
    {
        try
        {
            return intake.Deliver(cancellationToken);
        }
        catch (Exception exception)
        {
            session.Services.Logger.DeliveryFailed(exception, session.Profile.SessionId);
            return [];
        }
    }

    private static async ValueTask<DeliveryOutcome> OutcomeAsync(LmtpSession session, Task<DeliveryOutcome> delivery, TimeSpan allowed)
    {
        try
        {
            if (!delivery.IsCompleted)
            {
                await session.Transport.FlushAsync();
            }

            return delivery.IsCompleted
                ? await delivery
                : await delivery.WaitAsync(allowed > TimeSpan.Zero ? allowed : TimeSpan.Zero, session.Services.Time);
        }
        catch (Exception exception)
        {
            session.Services.Logger.DeliveryFailed(exception, session.Profile.SessionId);
            return new DeliveryOutcome(DeliveryStatus.TemporaryFailure);
        }
    }

    private static void Answer(LmtpSession session, ResolvedRecipient recipient, in DeliveryOutcome outcome)
    {
        var reply = RecipientReplies.AtEndOfMessage(outcome, recipient.Address, session.Profile.SessionId, session.Utf8);
        if (reply.Code < 300)
        {
            session.Delivered++;
        }

        session.Services.Metrics.RecipientAnswered(outcome.Status);
        session.Reply(reply);
    }

    /// <summary>The intake may go only once no delivery uses it; the answers do not wait for that.</summary>
    private static async ValueTask SettleAsync(LmtpSession session, IReadOnlyList<Task<DeliveryOutcome>> deliveries)
    {
        Task all = Task.WhenAll(deliveries);
        if (!all.IsCompleted)
        {
            await session.Transport.FlushAsync();
        }

        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
