namespace Lmtp.Contracts;

/// <summary>WildDuck's conditions of a filter, all of which must hold.</summary>
public sealed record FilterDefinitionQuery
{
    /// <summary>A text in From or Sender.</summary>
    public string? From { get; init; }

    /// <summary>A text in To, Cc or Delivered-To.</summary>
    public string? To { get; init; }

    /// <summary>A text in the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>A text in List-Id.</summary>
    public string? ListId { get; init; }

    /// <summary>Words in the plain text.</summary>
    public string? Text { get; init; }

    /// <summary>Whether there must be an attachment.</summary>
    public bool? Ha { get; init; }

    /// <summary>In bytes: positive is the least size, negative the greatest.</summary>
    public long? Size { get; init; }
}
