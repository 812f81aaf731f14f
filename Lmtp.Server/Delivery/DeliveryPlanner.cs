using System.Text.Json;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Delivery.Encrypting;
using Lmtp.Server.Delivery.Forwarding;
using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Delivery.Stages;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Takes recipients through the stages and makes the plans of what is to be stored. Changes nothing that counts.
/// </summary>
internal sealed class DeliveryPlanner(
    IEnumerable<IDeliveryStage> stages,
    OutgoingPlanner outgoing,
    EncryptionPlanner encryption,
    AddressStore addresses,
    ClaimTakeover takeover,
    ThreadStore threads,
    IOptionsMonitor<DeliveryOptions> options,
    TimeProvider time)
{
    private const string Junk = @"\Junk";
    private const string Drafts = @"\Drafts";

    private readonly (IDeliveryStage Stage, string Name)[] _stages = [.. stages.Select(stage => (stage, NameOf(stage)))];

    /// <summary>Plans the deliveries to one user, in RCPT order; those that end here get their answers.</summary>
    public async Task PlanAsync(
        MessageContext message,
        IReadOnlyList<DeliveryJob> jobs,
        IReadOnlyDictionary<BsonBinaryData, DeliveryClaim> known,
        CancellationToken cancellationToken)
    {
        var byMailbox = new Dictionary<ObjectId, DeliveryJob>();
        foreach (var job in jobs)
        {
            var claim = known.GetValueOrDefault(job.Key!);
            if (claim is not { State: ClaimState.Open or ClaimState.Stored })
            {
                await PlanAsync(message, job, claim, byMailbox, cancellationToken);
            }
            else
            {
                if (await takeover.TryAsync(message, job, claim, cancellationToken) is { } outcome)
                {
                    job.Complete(outcome);
                }

                byMailbox.TryAdd(claim.Plan.Mailbox, job);
            }
        }
    }

    private async Task PlanAsync(
        MessageContext message,
        DeliveryJob job,
        DeliveryClaim? aborted,
        Dictionary<ObjectId, DeliveryJob> byMailbox,
        CancellationToken cancellationToken)
    {
        var copy = MessageCopy.Create(message.Message, job.Recipient.Address, message.Sender, job.IsFirst);
        var received = time.GetUtcNow();

        // An attempt that was undone keeps the message's id: should its insert arrive late, it stays the only one.
        var recipient = new RecipientContext(job.Recipient, copy, received)
        {
            MessageId = aborted?.Plan.MessageId ?? ObjectId.GenerateNewId(received.UtcDateTime),
        };
        job.Context = recipient;
        if (job.Recipient.IsForwarding)
        {
            await ForwardAsync(message, job, aborted, cancellationToken);
            return;
        }

        foreach (var (stage, name) in _stages)
        {
            DeliveryOutcome? ended;
            using (job.Trace.Begin(name))
            {
                ended = await stage.ApplyAsync(message, recipient, cancellationToken);
            }

            if (ended is { } outcome)
            {
                await EndAsync(message, job, outcome, aborted, byMailbox, cancellationToken);
                return;
            }

            if (recipient.Mailbox is { } mailbox && byMailbox.TryGetValue(mailbox.Id, out var before)
                && options.CurrentValue.OneCopyPerMailbox)
            {
                job.SharedWith = before;
                return;
            }
        }

        var draft = await encryption.PlanAsync(
            message, recipient, isEnded: false, aborted?.Plan.EncryptionSeed, job.Trace, cancellationToken);
        recipient.Outgoing = draft.Plans;
        if (draft.IsRedirected)
        {
            var redirected = new DeliveryOutcome(DeliveryStatus.Forwarded, recipient.MessageId.ToString());
            byMailbox.TryAdd(recipient.Mailbox!.Id, job);
            await SendAsync(job, redirected, draft, aborted, cancellationToken);
            return;
        }

        var plan = await MakePlanAsync(message, recipient, job.IsFirst, cancellationToken);
        if (aborted?.Plan.StoresMessage is true)
        {
            // An attachment that the attempt before counts late, after it was undone, is counted as this one would.
            plan = plan with { Magic = aborted.Plan.Magic };
        }

        byMailbox.TryAdd(recipient.Mailbox!.Id, job);
        await AdoptAsync(job, plan with { Outgoing = draft.Plans, ForwardTargets = draft.Targets }, aborted, cancellationToken);
    }

    // As in WildDuck, what is dropped and what is there already is forwarded and replied to all the same.
    private async Task EndAsync(
        MessageContext message,
        DeliveryJob job,
        DeliveryOutcome outcome,
        DeliveryClaim? aborted,
        Dictionary<ObjectId, DeliveryJob> byMailbox,
        CancellationToken cancellationToken)
    {
        if (outcome.Status is not (DeliveryStatus.Dropped or DeliveryStatus.Duplicate))
        {
            job.Complete(outcome);
            return;
        }

        var recipient = job.Context!;
        var place = recipient.Mailbox?.Id ?? ObjectId.Empty;
        if (options.CurrentValue.OneCopyPerMailbox && byMailbox.TryGetValue(place, out var before))
        {
            job.SharedWith = before;
            return;
        }

        var draft = await encryption.PlanAsync(
            message, recipient, isEnded: true, aborted?.Plan.EncryptionSeed, job.Trace, cancellationToken);
        await SendAsync(job, outcome, draft, aborted, cancellationToken);
        byMailbox.TryAdd(place, job);
    }

    private async Task ForwardAsync(
        MessageContext message, DeliveryJob job, DeliveryClaim? aborted, CancellationToken cancellationToken)
    {
        var address = await addresses.GetAsync(ObjectId.Parse(job.Recipient.AddressId), cancellationToken);
        if (address is not { IsForwarding: true, IsForwardingDisabled: false })
        {
            job.Complete(DeliveryStatus.UnknownRecipient);
            return;
        }

        var outcome = new DeliveryOutcome(DeliveryStatus.Forwarded, job.Context!.MessageId.ToString());
        var remaining = LocalTargets.Remaining(address, job.Recipient.HandledTargets);
        var draft = await outgoing.PlanAsync(message, job.Context, remaining, cancellationToken);
        await SendAsync(job, outcome, draft, aborted, cancellationToken);
    }

    private async Task SendAsync(
        DeliveryJob job, DeliveryOutcome outcome, OutgoingDraft draft, DeliveryClaim? aborted, CancellationToken cancellationToken)
    {
        job.Context!.Outgoing = draft.Plans;
        if (draft.Plans.Any(plan => plan.Refusal is null))
        {
            await AdoptAsync(job, UnstoredPlan.Of(job.Context, outcome, draft), aborted, cancellationToken);
        }
        else
        {
            job.Complete(outcome);
        }
    }

    private async Task AdoptAsync(
        DeliveryJob job, DeliveryPlan plan, DeliveryClaim? aborted, CancellationToken cancellationToken)
    {
        if (aborted is not null && MayBeCountedLate(aborted, plan))
        {
            job.Complete(DeliveryStatus.InProgressElsewhere);
            return;
        }

        job.Plan = plan;
        if (aborted is not null && !await takeover.TryReopenAsync(job, aborted, cancellationToken))
        {
            job.Complete(DeliveryStatus.InProgressElsewhere);
        }
    }

    // A server that was held up may go on with the attempt before and count its attachments. They are those of this attempt,
    // but for an encrypted copy where key or filters have changed: then its time has to be over first.
    private static bool MayBeCountedLate(DeliveryClaim aborted, DeliveryPlan plan) =>
        aborted is { IsChecked: false, Plan.Encryption: not null } && !aborted.Plan.Attachments.SequenceEqual(plan.Attachments);

    // RecheckStage is "recheck" in the delivery log and in spans.
    internal static string NameOf(IDeliveryStage stage) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.GetType().Name.Replace("Stage", null, StringComparison.Ordinal));

    // As in WildDuck, thread and correspondents follow from what is stored: of an encrypted message, the few header fields outside.
    private async Task<DeliveryPlan> MakePlanAsync(
        MessageContext message, RecipientContext recipient, bool isFirst, CancellationToken cancellationToken)
    {
        var stored = recipient.StoredCopy;
        return new DeliveryPlan
        {
            MessageId = recipient.MessageId,
            Received = recipient.Received,
            User = recipient.User!.Id,
            Mailbox = recipient.Mailbox!.Id,
            Thread = await threads.JoinAsync(
                recipient.User.Id, stored.Message.ThreadIds, stored.Message.ThreadSubject, cancellationToken),
            Flags = recipient.Flags,
            Filters = FilterLabels(recipient),
            AddedFields = recipient.AddedFields,
            Size = stored.Size,
            Magic = message.Magic,
            Attachments = AttachmentStore.UsesOf(stored.Message),
            IsFirst = isFirst,
            Correspondents = recipient.Mailbox.SpecialUse is Junk or Drafts ? [] : [.. Correspondents.Of(stored.Message)],
            Encryption = recipient.Encryption?.Kind,
            EncryptionSeed = recipient.Encrypted?.Seed,
        };
    }

    private static List<string> FilterLabels(RecipientContext recipient)
    {
        var labels = new List<string>();
        if (recipient.Filters?.DomainAccess is { } rule)
        {
            labels.Add(rule.Label);
        }

        labels.AddRange(recipient.Filters?.Matching.Select(filter => filter.Id) ?? []);
        return labels;
    }
}
