using System.Threading.Channels;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Tells users by mail, once, that their mailbox is nearly full, and once more when it was emptied in between. After the
/// answer to the client, and beside the deliveries: no delivery waits for it.
/// </summary>
internal sealed partial class QuotaWarnings(
    UserStore users,
    AddressStore addresses,
    QuotaPolicy quota,
    Lazy<IDeliveryAgent> agent,
    IOptionsMonitor<DeliveryOptions> options,
    TimeProvider time,
    ILogger<QuotaWarnings> logger) : BackgroundService
{
    private const int MaxWaiting = 10_000;
    private const int Whole = 100;

    private readonly Channel<Seen> _stored =
        Channel.CreateBounded<Seen>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A message was stored for a user as it was read before. Never waits.</summary>
    public void Stored(MailUser user)
    {
        if (options.CurrentValue.QuotaWarningLevel > 0)
        {
            _stored.Writer.TryWrite(new Seen(user.Id, user.StorageUsed, user.IsQuotaWarned ? user.QuotaWarnings : null));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var seen in _stored.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await CheckAsync(seen, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(seen.User, exception);
            }
        }
    }

    private async Task CheckAsync(Seen before, CancellationToken cancellationToken)
    {
        if (await users.GetAsync(before.User, cancellationToken) is not { Address.Length: > 0 } user)
        {
            return;
        }

        var limit = await quota.LimitOfAsync(user, cancellationToken);
        var level = options.CurrentValue.QuotaWarningLevel;
        var reached = (double)limit * level / Whole;
        var isNearlyFull = limit > 0 && level > 0 && user.StorageUsed >= reached;

        // Of all servers that notice, one gets to change the mark. A mailbox that was emptied may be full again with the next
        // message: then nobody has taken the mark away in between.
        var isChanged = isNearlyFull != user.IsQuotaWarned
            ? await users.TrySetQuotaWarnedAsync(user.Id, isNearlyFull, cancellationToken)
            : isNearlyFull && before.Used < reached && before.Warnings is { } warnings
                && await users.TryWarnAgainAsync(user.Id, warnings, cancellationToken);
        if (isChanged && isNearlyFull)
        {
            await SendAsync(user, limit, cancellationToken);
        }
    }

    private async Task SendAsync(MailUser user, long limit, CancellationToken cancellationToken)
    {
        if (await addresses.ResolveAsync(user.Address, cancellationToken) is not { Entry.User: { } owner } match || owner != user.Id)
        {
            return;
        }

        var transaction = new MailTransaction
        {
            Session = new SessionInfo { SessionId = "quota-warning", ClientHost = "localhost", LhloName = "localhost" },
            ReversePath = string.Empty,
            IsNotice = true,
        };
        var recipient = new ResolvedRecipient(user.Address, user.Id.ToString(), match.Entry.Id.ToString());
        await using var intake = agent.Value.OpenMessage(transaction, [recipient]);
        var message = await QuotaWarningText.ComposeAsync(
            user.Address, user.StorageUsed, limit, time.GetUtcNow(), cancellationToken);
        await intake.WriteAsync(message, cancellationToken);
        var outcomes = await Task.WhenAll(intake.Deliver(cancellationToken));
        agent.Value.ConfirmAnswers(transaction);
        LogSent(user.Id, outcomes[0].Status);
    }

    // The user before the message was stored; the number of warnings where the last one still counts, else null.
    private readonly record struct Seen(ObjectId User, long Used, long? Warnings);

    [LoggerMessage(1, LogLevel.Information, "User {User} was told that the mailbox is nearly full: {Status}")]
    private partial void LogSent(ObjectId user, DeliveryStatus status);

    [LoggerMessage(2, LogLevel.Warning, "User {User} could not be told about the quota")]
    private partial void LogFailed(ObjectId user, Exception exception);
}
