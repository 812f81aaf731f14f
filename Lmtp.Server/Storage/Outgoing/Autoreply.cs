using MongoDB.Bson;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>What is replied while a user is away. Specification section 2.11.</summary>
internal sealed record Autoreply
{
    /// <summary>The autoreply; for that of a forwarding address, the address.</summary>
    public required ObjectId Id { get; init; }

    /// <summary>Whether it is switched on.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>The name of the author, or null for that of the user.</summary>
    public string? Name { get; init; }

    /// <summary>The subject, or null for that of the message replied to.</summary>
    public string? Subject { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    /// <summary>The first moment of it; null when it has begun.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The last moment of it; null when it does not end.</summary>
    public DateTimeOffset? End { get; init; }

    public static Autoreply From(BsonDocument document, ObjectId id) => new()
    {
        Id = id,
        IsEnabled = document.IsTrue("status"),
        Name = OrNull(document.StringOrNull("name")),
        Subject = OrNull(document.StringOrNull("subject")),
        Text = OrNull(document.StringOrNull("text")),
        Html = OrNull(document.StringOrNull("html")),
        Start = document.TimeOrNull("start"),
        End = document.TimeOrNull("end"),
    };

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
