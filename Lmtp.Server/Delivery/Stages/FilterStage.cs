using Lmtp.Server.Filters;
using Lmtp.Server.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>Applies the filters of the user and decides whether the message is spam. Specification section 7.</summary>
internal sealed partial class FilterStage(
    FilterStore filters, MailboxStore mailboxes, SpamSignals signals, ILogger<FilterStage> logger) : IDeliveryStage
{
    public async ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        var decision = await DecideAsync(message, recipient, cancellationToken);
        recipient.Filters = decision;
        if (decision.ClassificationFields.Count > 0)
        {
            recipient.Copy = recipient.Copy.WithFields([.. decision.ClassificationFields]);
        }

        if (decision.IsDeleted)
        {
            return new DeliveryOutcome(DeliveryStatus.Dropped, recipient.MessageId.ToString());
        }

        recipient.Flags.AddRange(decision.Flags);
        recipient.Mailbox = await ChooseMailboxAsync(recipient.User!.Id, decision, cancellationToken);
        return null;
    }

    private async Task<FilterDecision> DecideAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken) =>
        FilterEngine.Decide(new FilterInput
        {
            Message = new FilterMessage
            {
                Headers = [.. recipient.Copy.IndexedHeaders.Select(header => KeyValuePair.Create(header.Key, header.Value))],
                Text = message.FilterText,
                HasAttachments = message.Message.Attachments.Any(attachment => attachment.IsListed),
                Size = recipient.Copy.Size,
            },
            Filters = await ReadFiltersAsync(recipient.User!, cancellationToken),
            DomainAccess = await FindDomainAccessAsync(message, recipient.User!, cancellationToken),
            SpamLevel = recipient.User!.SpamLevel,
            SpamScore = signals.Score(recipient.Copy),
        });

    // A user whose filters cannot be read gets the mail unfiltered, as in WildDuck.
    private async Task<IReadOnlyList<UserFilter>> ReadFiltersAsync(MailUser user, CancellationToken cancellationToken)
    {
        try
        {
            return await filters.ListActiveAsync(user.Id, cancellationToken);
        }
        catch (MongoException exception)
        {
            LogNoFilters(user.Id, exception);
            return [];
        }
    }

    private async Task<DomainAccessRule?> FindDomainAccessAsync(
        MessageContext message, MailUser user, CancellationToken cancellationToken)
    {
        if (user.TagViews.Count == 0 || message.SenderDomain is not { } domain)
        {
            return null;
        }

        try
        {
            return await filters.FindDomainAccessAsync(user.TagViews, domain, cancellationToken);
        }
        catch (MongoException exception)
        {
            LogNoFilters(user.Id, exception);
            return null;
        }
    }

    private async Task<Mailbox?> ChooseMailboxAsync(
        ObjectId user, FilterDecision decision, CancellationToken cancellationToken) => decision switch
        {
            { Mailbox: { } id } => await mailboxes.GetAsync(user, ObjectId.Parse(id), cancellationToken),
            { IsSpam: true } => await mailboxes.FindBySpecialUseAsync(user, @"\Junk", cancellationToken),
            _ => null,
        };

    [LoggerMessage(1, LogLevel.Warning, "The filters of user {User} could not be read; the message is delivered without them")]
    private partial void LogNoFilters(ObjectId user, Exception exception);
}
