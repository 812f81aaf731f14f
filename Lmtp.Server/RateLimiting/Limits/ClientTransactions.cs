namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>Transactions of a client address.</summary>
internal sealed class ClientTransactions()
    : RateLimit(LimitStep.Transaction, LimitedParty.Client, LimitUnit.Transactions, "Transactions of a client address", "too many transactions of this client");
