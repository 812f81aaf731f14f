namespace Lmtp.Server.Storage.Outgoing;

/// <summary>The addresses in the header of an outgoing message, without names.</summary>
internal sealed record QueueEnvelope
{
    public string? From { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public string? ReplyTo { get; init; }

    public string? Sender { get; init; }
}
