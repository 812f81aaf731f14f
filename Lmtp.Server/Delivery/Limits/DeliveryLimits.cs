using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Limits;

/// <summary>Asks the rate limits at each step of a message's way.</summary>
internal sealed class DeliveryLimits(RateLimiter limiter, RateLimitOverrides overrides)
{
    private const int NetworkBytes = 8;

    private static readonly ILookup<LimitStep, RateLimit> ByStep = RateLimits.All.ToLookup(limit => limit.Step);

    // Transactions that were counted: each is, with the first recipient that is accepted.
    private readonly ConditionalWeakTable<MailTransaction, object> _counted = [];

    /// <summary>A client connects.</summary>
    public Task<RateLimitResult> CheckConnectionAsync(IPAddress? client, CancellationToken cancellationToken) =>
        CheckAsync(new LimitSubject { Client = NameOf(client) }, ByStep[LimitStep.Connection], null, false, cancellationToken);

    /// <summary>A recipient is to be accepted; with the first one, the transaction is.</summary>
    public async Task<RateLimitResult> CheckRecipientAsync(
        MailTransaction transaction, string address, MailUser? user, CancellationToken cancellationToken)
    {
        var isFirst = !_counted.TryGetValue(transaction, out _);
        var limits = isFirst
            ? ByStep[LimitStep.Transaction].Concat(ByStep[LimitStep.Recipient])
            : ByStep[LimitStep.Recipient];
        var result = await CheckAsync(
            SubjectOf(transaction, address, user?.Id.ToString(), 0), limits, user, false, cancellationToken);
        if (isFirst && result.IsAllowed)
        {
            _counted.AddOrUpdate(transaction, transaction.Session);
        }

        return result;
    }

    /// <summary>A message has arrived for a recipient.</summary>
    public Task<RateLimitResult> CheckMessageAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken) =>
        CheckAsync(
            SubjectOf(message.Transaction, recipient.Recipient.Address, recipient.Recipient.UserId, message.Message.Source.Length),
            ByStep[LimitStep.Message],
            recipient.User,
            message.IsDryRun,
            cancellationToken);

    private static LimitSubject SubjectOf(MailTransaction transaction, string address, string? user, long size)
    {
        var sender = transaction.ReversePath.Length == 0 ? null : MailAddressNormalizer.ForLookup(transaction.ReversePath);
        return new LimitSubject
        {
            Client = NameOf(transaction.Session.ClientAddress),
            Sender = sender,
            SenderDomain = sender is null ? null : DomainOf(sender),
            RecipientUser = user,
            RecipientDomain = DomainOf(address),
            Size = size,
        };
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    // Whoever has one IPv6 address has the rest of its /64 too.
    private static string? NameOf(IPAddress? client)
    {
        if (client is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return client?.MapToIPv4().ToString();
        }

        var bytes = client.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    private async Task<RateLimitResult> CheckAsync(
        LimitSubject subject, IEnumerable<RateLimit> limits, MailUser? user, bool isDryRun, CancellationToken cancellationToken) =>
        await limiter.CheckAsync(
            await overrides.ApplyAsync(subject, limits, user, cancellationToken), isDryRun, cancellationToken);
}
