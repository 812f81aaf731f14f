namespace Lmtp.Server.RateLimiting;

/// <summary>All limits. A further one is a line here and an option.</summary>
public static class RateLimits
{
    private const string Connections = "{connection}";
    private const string Messages = "{message}";
    private const string Recipients = "{recipient}";
    private const string Kilobytes = "KiBy";
    private const int BytesPerUnit = 1024;

    /// <summary>The limits, in the order in which they are reported.</summary>
    public static IReadOnlyList<RateLimit> All { get; } =
    [
        new(nameof(RateLimitOptions.ClientConnections), LimitStep.Connection, Connections, "too many connections of this client", subject => subject.Client, options => options.ClientConnections),
        new(nameof(RateLimitOptions.ClientTransactions), LimitStep.Transaction, Messages, "too many messages of this client", subject => subject.Client, options => options.ClientTransactions),
        new(nameof(RateLimitOptions.SenderMessages), LimitStep.Transaction, Messages, "too many messages of this sender", subject => subject.Sender, options => options.SenderMessages),
        new(nameof(RateLimitOptions.SenderDomainMessages), LimitStep.Transaction, Messages, "too many messages of this sender's domain", subject => subject.SenderDomain, options => options.SenderDomainMessages),
        new(nameof(RateLimitOptions.SenderRecipients), LimitStep.Recipient, Recipients, "too many recipients of this sender", subject => subject.Sender, options => options.SenderRecipients),
        new(nameof(RateLimitOptions.SenderDomainRecipients), LimitStep.Recipient, Recipients, "too many recipients of this sender's domain", subject => subject.SenderDomain, options => options.SenderDomainRecipients),
        new(nameof(RateLimitOptions.RecipientUserMessages), LimitStep.Recipient, Messages, "too many messages for this recipient", subject => subject.RecipientUser, options => options.RecipientUserMessages),
        new(nameof(RateLimitOptions.RecipientDomainMessages), LimitStep.Recipient, Messages, "too many messages for this domain", subject => subject.RecipientDomain, options => options.RecipientDomainMessages),
        new(nameof(RateLimitOptions.SenderKilobytes), LimitStep.Message, Kilobytes, "too many bytes of this sender", subject => subject.Sender, options => options.SenderKilobytes, SizeOf),
        new(nameof(RateLimitOptions.SenderDomainKilobytes), LimitStep.Message, Kilobytes, "too many bytes of this sender's domain", subject => subject.SenderDomain, options => options.SenderDomainKilobytes, SizeOf),
        new(nameof(RateLimitOptions.RecipientUserKilobytes), LimitStep.Message, Kilobytes, "too many bytes for this recipient", subject => subject.RecipientUser, options => options.RecipientUserKilobytes, SizeOf),
        new(nameof(RateLimitOptions.RecipientDomainKilobytes), LimitStep.Message, Kilobytes, "too many bytes for this domain", subject => subject.RecipientDomain, options => options.RecipientDomainKilobytes, SizeOf),
    ];

    /// <summary>The messages that a user receives, which <c>receivedMax</c> of the user's document is about.</summary>
    public static RateLimit Received { get; } = All.Single(limit => limit.Option == nameof(RateLimitOptions.RecipientUserMessages));

    private static long SizeOf(LimitSubject subject) => (subject.Size + BytesPerUnit - 1) / BytesPerUnit;
}
