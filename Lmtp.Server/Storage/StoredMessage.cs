using System.Diagnostics.CodeAnalysis;

namespace Lmtp.Server.Storage;

/// <summary>A message with its text. Its HTML is the sender's: never to be shown without cleaning.</summary>
public sealed record StoredMessage : MessageSummary
{
    /// <summary>Begins with what a list shows of the message.</summary>
    [SetsRequiredMembers]
    public StoredMessage(MessageSummary summary)
        : base(summary)
    {
    }

    /// <summary>The whole plain text; empty when there is none.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The HTML parts.</summary>
    public IReadOnlyList<string> Html { get; init; } = [];

    /// <summary>The header lines in their order, folds kept.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>The header as it was received, each line with its end and the empty line behind them.</summary>
    public ReadOnlyMemory<byte> RawHeader { get; init; }

    /// <summary>The attachments.</summary>
    public IReadOnlyList<StoredAttachment> Attachments { get; init; } = [];

    /// <summary>The envelope sender; empty for the null reverse-path.</summary>
    public string EnvelopeFrom { get; init; } = string.Empty;

    /// <summary>The envelope recipients.</summary>
    public IReadOnlyList<string> EnvelopeTo { get; init; } = [];

    /// <summary>The queue id of the server that handed it over, or null.</summary>
    public string? QueueId { get; init; }
}
