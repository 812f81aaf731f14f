using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>What an automatic reply says, and when it is sent.</summary>
internal sealed record AutoreplyText
{
    public bool IsEnabled { get; init; }

    public string Name { get; init; } = string.Empty;

    public string Subject { get; init; } = string.Empty;

    public string Text { get; init; } = string.Empty;

    public string Html { get; init; } = string.Empty;

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    /// <summary>The state that a change may depend on.</summary>
    public static Revision Revision { get; } = new("status", "name", "subject", "text", "html", "start", "end");

    /// <summary>The document that it was read from; empty for one that is yet to be stored.</summary>
    public BsonDocument Document { get; init; } = [];

    public static AutoreplyText From(BsonDocument document) => new()
    {
        IsEnabled = document.IsTrue("status"),
        Name = document.StringOrEmpty("name"),
        Subject = document.StringOrEmpty("subject"),
        Text = document.StringOrEmpty("text"),
        Html = document.StringOrEmpty("html"),
        Start = document.TimeOrNull("start"),
        End = document.TimeOrNull("end"),
        Document = document,
    };

    /// <summary>The fields as WildDuck's API stores them: no time is <c>false</c>.</summary>
    public BsonDocument ToBson() => new()
    {
        { "status", IsEnabled },
        { "name", Name },
        { "subject", Subject },
        { "text", Text },
        { "html", Html },
        { "start", Start is { } start ? start.UtcDateTime : BsonBoolean.False },
        { "end", End is { } end ? end.UtcDateTime : BsonBoolean.False },
    };
}
