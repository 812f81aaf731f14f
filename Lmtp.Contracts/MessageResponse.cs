using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Lmtp.Contracts;

/// <summary>A message with its text.</summary>
public sealed record MessageResponse : MessageSummaryResponse
{
    /// <summary>Begins with nothing: all is set by name.</summary>
    [JsonConstructor]
    public MessageResponse()
    {
    }

    /// <summary>Begins with what a list shows of the message.</summary>
    [SetsRequiredMembers]
    public MessageResponse(MessageSummaryResponse summary)
        : base(summary)
    {
    }

    /// <summary>The whole plain text; empty when there is none.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The HTML parts as the sender wrote them: clean them before showing them.</summary>
    public IReadOnlyList<string> Html { get; init; } = [];

    /// <summary>The header lines in their order, folds kept.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>The header fields in their order, decoded to be shown.</summary>
    public IReadOnlyList<MessageHeaderResponse> Headers { get; init; } = [];

    /// <summary>The recipients of a copy.</summary>
    public IReadOnlyList<MessageAddressResponse> Cc { get; init; } = [];

    /// <summary>To whom answers go, where that is not the author.</summary>
    public IReadOnlyList<MessageAddressResponse> ReplyTo { get; init; } = [];

    /// <summary>The Message-ID of the message that this one answers, without angle brackets, or null.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The Message-IDs of the thread before this message, without angle brackets.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The attachments.</summary>
    public IReadOnlyList<AttachmentResponse> Attachments { get; init; } = [];

    /// <summary>The envelope sender; empty for the null reverse-path.</summary>
    public string EnvelopeFrom { get; init; } = string.Empty;

    /// <summary>The envelope recipients.</summary>
    public IReadOnlyList<string> EnvelopeTo { get; init; } = [];

    /// <summary>The queue id of the server that handed it over, or null.</summary>
    public string? QueueId { get; init; }
}
