using Lmtp.Server.Delivery.Encrypting;
using Lmtp.Server.Delivery.Forwarding;
using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Delivery.Stages;
using Lmtp.Server.Filters;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Explain;

/// <summary>
/// Takes a message through the stages of a delivery without storing, counting or sending anything, and says what the
/// delivery log would say.
/// </summary>
internal sealed class MessageExplanation(
    IEnumerable<IDeliveryStage> stages,
    EncryptionPlanner encryption,
    QuotaPolicy quota,
    AddressStore addresses,
    UserStore users,
    MessageStore messages,
    DeliveryRecords records,
    TimeProvider time)
{
    private readonly IDeliveryStage[] _stages = [.. stages];

    /// <summary>A message of a user as it once arrived; null when there is none.</summary>
    /// <exception cref="InvalidDataException">It cannot be restored as it was received.</exception>
    public async Task<ExplainedMessage?> FindAsync(ObjectId user, ObjectId id, CancellationToken cancellationToken)
    {
        if (await messages.GetAsync(user, id, cancellationToken) is not { } stored
            || await messages.FindRawAsync(user, id, cancellationToken) is not { } raw)
        {
            return null;
        }

        using var bytes = new MemoryStream(checked((int)(raw.Length ?? 0)));
        await raw.WriteToAsync(bytes, cancellationToken);
        return new ExplainedMessage(bytes.ToArray(), stored.EnvelopeFrom, stored.Received)
        {
            Recipient = stored.EnvelopeTo is [var recipient, ..] && await LeadsToAsync(recipient, user, cancellationToken)
                ? recipient
                : null,
            StoredAs = id,
        };
    }

    /// <summary>Explains a message.</summary>
    /// <param name="user">Whose rules apply.</param>
    /// <param name="explained">The message.</param>
    /// <param name="filters">Filters to be tried in place of those of the user; null takes the user's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The entry; null when the recipient's address does not lead to this user.</returns>
    public async Task<DeliveryRecord?> ExplainAsync(
        ObjectId user, ExplainedMessage explained, IReadOnlyList<UserFilter>? filters, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var given = explained.Recipient ?? (await users.GetAsync(user, cancellationToken))?.Address;
        if (string.IsNullOrEmpty(given)
            || given.Contains('*', StringComparison.Ordinal)
            || await addresses.ResolveAsync(given, cancellationToken) is not { } match
            || !LeadsTo(match.Entry, user))
        {
            return null;
        }

        var transaction = TransactionOf(explained);
        var recipient = new ResolvedRecipient(
            MailAddressNormalizer.Normalize(given), user.ToString(), match.Entry.Id.ToString(), explained.OriginalRecipient)
        {
            Given = given,
            IsTarget = match.Entry.User is null,
        };
        using var indexer = new MessageIndexer();
        indexer.Write(explained.Bytes.Span);
        using var message = await indexer.CompleteAsync(new MemoryMessageSource(explained.Bytes), cancellationToken);
        if (message.Fault != MessageFault.None)
        {
            var refusal = message.Fault == MessageFault.TooDeep ? DeliveryStatus.MessageTooComplex : DeliveryStatus.MessageTooLarge;
            return records.OfContext(transaction, null, recipient, null, new DeliveryOutcome(refusal));
        }

        var context = MessageContext.Of(transaction, message, time) with
        {
            IsDryRun = true,
            IsStored = explained.StoredAs is not null,
            TriedFilters = filters,
        };
        var copy = MessageCopy.Create(message, recipient.Address, context.Sender, isFirst: true);
        var recipientContext = new RecipientContext(recipient, copy, explained.Received)
        {
            MessageId = explained.StoredAs ?? ObjectId.GenerateNewId(explained.Received.UtcDateTime),
        };
        try
        {
            var (outcome, durations) = await DecideAsync(context, recipientContext, cancellationToken);
            return records.OfContext(transaction, context, recipient, recipientContext, outcome) with
            {
                Stages = durations,
                Duration = time.GetElapsedTime(started),
            };
        }
        finally
        {
            if (recipientContext.Encrypted is { } encrypted)
            {
                await encrypted.DisposeAsync();
            }
        }
    }

    private static MailTransaction TransactionOf(ExplainedMessage explained) => new()
    {
        Session = new SessionInfo { SessionId = "explain", ClientHost = "localhost", LhloName = "localhost" },
        ReversePath = explained.Sender,
    };

    private async Task<(DeliveryOutcome Outcome, IReadOnlyList<StageDuration> Durations)> DecideAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        var durations = new List<StageDuration>(_stages.Length);
        DeliveryOutcome? ended = null;
        foreach (var stage in _stages)
        {
            var started = time.GetTimestamp();
            ended = await stage.ApplyAsync(message, recipient, cancellationToken);
            durations.Add(new StageDuration(DeliveryPlanner.NameOf(stage), time.GetElapsedTime(started)));
            if (ended is not null)
            {
                break;
            }
        }

        if (ended is { Status: not (DeliveryStatus.Dropped or DeliveryStatus.Duplicate) } refused)
        {
            return (refused, durations);
        }

        var trace = new DeliveryTrace(time);
        var draft = await encryption.PlanAsync(message, recipient, isEnded: ended is not null, seed: null, trace, cancellationToken);
        durations.AddRange(trace.Stages);
        recipient.Outgoing = draft.Plans;
        return (ended ?? await EndAsync(message, recipient, draft, cancellationToken), durations);
    }

    private async Task<DeliveryOutcome> EndAsync(
        MessageContext message, RecipientContext recipient, OutgoingDraft draft, CancellationToken cancellationToken)
    {
        var id = recipient.MessageId.ToString();
        if (draft.IsRedirected)
        {
            return new DeliveryOutcome(DeliveryStatus.Forwarded, id);
        }

        // A stored message is counted already.
        var size = message.IsStored ? 0 : recipient.StoredCopy.Size;
        recipient.Limits.Add(await quota.ReadAsync(recipient.User!, size, cancellationToken));
        return !message.IsStored && await quota.CheckAsync(recipient.User!, size, cancellationToken) is { } full
            ? new DeliveryOutcome(full)
            : new DeliveryOutcome(DeliveryStatus.Stored, id);
    }

    private async Task<bool> LeadsToAsync(string address, ObjectId user, CancellationToken cancellationToken) =>
        !address.Contains('*', StringComparison.Ordinal)
        && await addresses.ResolveAsync(address, cancellationToken) is { } match
        && LeadsTo(match.Entry, user);

    private static bool LeadsTo(MailAddressEntry address, ObjectId user) => address.User is { } owner
        ? owner == user
        : LocalTargets.Contains(address, user.ToString());
}
