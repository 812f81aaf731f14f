using System.Runtime.CompilerServices;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Claims;

/// <summary>The claims of each transaction that were answered 250 and wait for the client to show that it knows.</summary>
internal sealed class TransactionClaims(ClaimConfirmations confirmations)
{
    private readonly ConditionalWeakTable<MailTransaction, List<DeliveryClaim>> _answered = [];

    public void Remember(MailTransaction transaction, DeliveryJob job)
    {
        var claims = _answered.GetValue(transaction, static _ => []);
        lock (claims)
        {
            claims.Add(new DeliveryClaim
            {
                Key = job.Key!,
                State = ClaimState.Stored,
                Epoch = job.Epoch!.Value,
                LeaseUntil = default,
                Plan = job.Plan! with { EncryptionSeed = null },
            });
        }
    }

    /// <summary>The client has the answers of this transaction.</summary>
    public void Confirm(MailTransaction transaction)
    {
        if (!_answered.TryGetValue(transaction, out var claims))
        {
            return;
        }

        _answered.Remove(transaction);
        lock (claims)
        {
            claims.ForEach(confirmations.Confirm);
        }
    }
}
