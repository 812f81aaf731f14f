using Lmtp.Server.Filters;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>Applies the filters of the user and decides whether the message is spam. Specification section 7.</summary>
internal sealed partial class FilterStage(
    FilterStore filters,
    MailboxStore mailboxes,
    MailboxFinder finder,
    SpamSignals signals,
    IOptionsMonitor<DeliveryOptions> options,
    ILogger<FilterStage> logger) : IDeliveryStage
{
    public async ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        if (message.Transaction.IsNotice)
        {
            return null;
        }

        var decision = await DecideAsync(message, recipient, cancellationToken);
        recipient.Filters = decision;
        LogFaults(recipient, decision);
        if (decision.Reject is { } text)
        {
            return new DeliveryOutcome(DeliveryStatus.RejectedByFilter, Detail: text);
        }

        if (decision.ClassificationFields.Count > 0)
        {
            recipient.AddFields(decision.ClassificationFields);
        }

        if (decision.IsDeleted)
        {
            return new DeliveryOutcome(DeliveryStatus.Dropped, recipient.MessageId.ToString());
        }

        recipient.Flags.AddRange(decision.Flags);
        recipient.Mailbox = await ChooseMailboxAsync(message, recipient.User!, decision, cancellationToken);
        return null;
    }

    private async Task<FilterDecision> DecideAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        var signal = signals.Read(recipient.Copy);
        recipient.SpamSignal = signal;
        return FilterEngine.Decide(new FilterInput
        {
            Message = FilteredMessage.Of(message, recipient, signal.Score),
            Filters = message.TriedFilters ?? await ReadFiltersAsync(recipient.User!, cancellationToken),
            DomainAccess = await FindDomainAccessAsync(message, recipient.User!, cancellationToken),
            MaxFilters = options.CurrentValue.FiltersPerUser,
            MaxConditions = options.CurrentValue.FilterConditionsPerUser,
            SpamLevel = recipient.User!.SpamLevel,
            SpamScore = signal.Score,
            IsThorough = message.IsDryRun,
        });
    }

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
        MessageContext message, MailUser user, FilterDecision decision, CancellationToken cancellationToken) => decision switch
        {
            { Mailbox: { } id } => await mailboxes.GetAsync(user.Id, ObjectId.Parse(id), cancellationToken),
            { MailboxPath: { } choice } =>
                await finder.FindAsync(user, choice.Path, choice.Create, message.IsDryRun, cancellationToken),
            { IsSpam: true } => await mailboxes.FindBySpecialUseAsync(user.Id, @"\Junk", cancellationToken),
            _ => null,
        };

    private void LogFaults(RecipientContext recipient, FilterDecision decision)
    {
        if (decision.Trace is [.., { Result: FilterResult.OverLimit }])
        {
            LogTooMany(recipient.User!.Id, decision.Trace.Count(entry => entry.Result == FilterResult.OverLimit));
        }

        foreach (var entry in decision.Trace)
        {
            if (entry.Result == FilterResult.Faulty)
            {
                LogFaulty(entry.Filter.Id, recipient.User!.Id, entry.Filter.Faults[0].Field, entry.Filter.Faults[0].Message);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The filters of user {User} could not be read; the message is delivered without them")]
    private partial void LogNoFilters(ObjectId user, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "{Count} filters of user {User} are not applied: there are more of them, or of their conditions, than are looked at")]
    private partial void LogTooMany(ObjectId user, int count);

    [LoggerMessage(2, LogLevel.Warning, "Filter {Filter} of user {User} is not applied: its field {Field} {Message}")]
    private partial void LogFaulty(string filter, ObjectId user, string field, string message);
}
