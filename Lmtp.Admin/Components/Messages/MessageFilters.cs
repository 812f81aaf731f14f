using Lmtp.Admin.Components.Parts;
using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Messages;

/// <summary>What a list of messages is narrowed down to, as the search form has it and the page's address keeps it.</summary>
public readonly record struct MessageFilters
{
    /// <summary>Words of header or text.</summary>
    public string? Text { get; init; }

    /// <summary>Part of the From header.</summary>
    public string? From { get; init; }

    /// <summary>Part of the To or Cc header.</summary>
    public string? To { get; init; }

    /// <summary>Part of the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whether the messages are unread; null: both.</summary>
    public bool? Unseen { get; init; }

    /// <summary>Whether the messages are flagged; null: both.</summary>
    public bool? Flagged { get; init; }

    /// <summary>Whether only messages with attachments are shown.</summary>
    public bool Attachments { get; init; }

    /// <summary>The least size in bytes.</summary>
    public long? Larger { get; init; }

    /// <summary>Whether other mailboxes are searched too.</summary>
    public bool Everywhere { get; init; }

    /// <summary>Whether anything is asked for beside the words.</summary>
    public bool HasDetails => this with { Text = null } != new MessageFilters();

    /// <summary>Whether the list is a search.</summary>
    public bool Any => this != new MessageFilters();

    /// <summary>Whether there are days, which mean other times in other zones.</summary>
    public bool HasDays => Since is not null || Until is not null;

    /// <summary>The same filters without empty texts.</summary>
    public MessageFilters Normalize() => this with
    {
        Text = TextOrNull(Text),
        From = TextOrNull(From),
        To = TextOrNull(To),
        Subject = TextOrNull(Subject),
    };

    /// <summary>The search of the server's API.</summary>
    /// <param name="mailbox">The mailbox that is shown.</param>
    /// <param name="zone">The zone that the days are meant in.</param>
    public MessageSearch ToSearch(string mailbox, TimeZoneInfo zone) => new()
    {
        Text = Text,
        From = From,
        To = To,
        Subject = Subject,
        Since = CalendarDay.StartOf(Since, zone),
        Until = CalendarDay.EndOf(Until, zone),
        Mailbox = Everywhere ? null : mailbox,
        Unseen = Unseen,
        Flagged = Flagged,
        Attachments = Attachments ? true : null,
        MinSize = Larger,
    };

    /// <summary>The parameters of the page's address.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["q"] = Text,
        ["from"] = From,
        ["to"] = To,
        ["subject"] = Subject,
        ["since"] = CalendarDay.Write(Since),
        ["until"] = CalendarDay.Write(Until),
        ["unseen"] = Unseen,
        ["flagged"] = Flagged,
        ["attachments"] = Attachments ? true : null,
        ["larger"] = Larger,
        ["everywhere"] = Everywhere ? true : null,
    };

    private static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
