using System.Net;
using System.Runtime.CompilerServices;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Limits;

/// <summary>Asks the rate limits at each step of a message's way.</summary>
internal sealed class DeliveryLimits(RateLimiter limiter, RateLimits limits, RateLimitOverrides overrides)
{
    private readonly ILookup<LimitStep, RateLimit> _byStep = limits.All.ToLookup(limit => limit.Step);

    // Transactions that count as a message already: each does with the first recipient that is accepted.
    private readonly ConditionalWeakTable<MailTransaction, object> _messages = [];

    // Messages whose bytes are counted for the sender: once, whichever recipient comes first.
    private readonly ConditionalWeakTable<MessageContext, Lazy<Task<RateLimitResult>>> _contents = [];

    /// <summary>A client connects.</summary>
    public Task<RateLimitResult> CheckConnectionAsync(IPAddress? client, CancellationToken cancellationToken) =>
        CheckAsync(LimitSubjects.Of(client), _byStep[LimitStep.Connection], null, false, cancellationToken);

    /// <summary>MAIL begins a transaction.</summary>
    public Task<RateLimitResult> CheckTransactionAsync(MailTransaction transaction, CancellationToken cancellationToken) =>
        CheckAsync(LimitSubjects.Of(transaction), _byStep[LimitStep.Transaction], null, false, cancellationToken);

    /// <summary>A recipient is to be accepted; with the first one, the transaction becomes a message.</summary>
    public async Task<RateLimitResult> CheckRecipientAsync(
        MailTransaction transaction, string address, MailUser? user, CancellationToken cancellationToken)
    {
        var isFirst = !_messages.TryGetValue(transaction, out _);
        var concerned = isFirst
            ? _byStep[LimitStep.Message].Concat(_byStep[LimitStep.Recipient])
            : _byStep[LimitStep.Recipient];
        var subject = LimitSubjects.Of(transaction, address, user?.Id.ToString());
        var result = await CheckAsync(subject, concerned, user, false, cancellationToken);
        if (isFirst && result.IsAllowed)
        {
            _messages.AddOrUpdate(transaction, transaction.Session);
        }

        return result;
    }

    /// <summary>A message has arrived for a recipient; with the first one, its bytes count for the sender.</summary>
    public async Task<RateLimitResult> CheckMessageAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        var size = message.Message.Source.Length;
        var content = await _contents.GetValue(message, _ => new Lazy<Task<RateLimitResult>>(() => CheckAsync(
            LimitSubjects.Of(message.Transaction, size), _byStep[LimitStep.Content], null, message.IsDryRun, cancellationToken))).Value;
        if (!content.IsAllowed)
        {
            return content;
        }

        var subject = LimitSubjects.Of(message.Transaction, recipient.Recipient.Address, recipient.Recipient.UserId, size);
        var copy = await CheckAsync(subject, _byStep[LimitStep.Copy], recipient.User, message.IsDryRun, cancellationToken);
        return copy with { Readings = [.. content.Readings, .. copy.Readings] };
    }

    private async Task<RateLimitResult> CheckAsync(
        LimitSubject subject, IEnumerable<RateLimit> concerned, MailUser? user, bool isDryRun, CancellationToken cancellationToken) =>
        await limiter.CheckAsync(
            await overrides.ApplyAsync(subject, concerned, user, cancellationToken), isDryRun, cancellationToken);
}
