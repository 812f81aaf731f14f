using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Users;

/// <summary>An automatic reply while it is edited, its times in the viewer's zone.</summary>
internal sealed record AutoreplyDraft
{
    /// <summary>Whether it is switched on.</summary>
    public bool Enabled { get; set; }

    /// <summary>The name in its From field.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The subject.</summary>
    public string Subject { get; set; } = string.Empty;

    /// <summary>The plain text.</summary>
    public string Text { get; set; } = string.Empty;

    /// <summary>The HTML text.</summary>
    public string Html { get; set; } = string.Empty;

    /// <summary>From when on, in the viewer's zone.</summary>
    public DateTime? Start { get; set; }

    /// <summary>Until when, in the viewer's zone.</summary>
    public DateTime? End { get; set; }

    /// <summary>The draft of a reply that is stored.</summary>
    public static AutoreplyDraft Of(AutoreplyResponse reply, TimeZoneInfo zone) => new()
    {
        Enabled = reply.Enabled,
        Name = reply.Name,
        Subject = reply.Subject,
        Text = reply.Text,
        Html = reply.Html,
        Start = ToZone(reply.Start, zone),
        End = ToZone(reply.End, zone),
    };

    /// <summary>The reply to be stored.</summary>
    public SetAutoreplyRequest ToRequest(TimeZoneInfo zone) => new()
    {
        Enabled = Enabled,
        Name = NullIfEmpty(Name),
        Subject = NullIfEmpty(Subject),
        Text = NullIfEmpty(Text),
        Html = NullIfEmpty(Html),
        Start = FromZone(Start, zone),
        End = FromZone(End, zone),
    };

    private static DateTime? ToZone(DateTimeOffset? time, TimeZoneInfo zone) =>
        time is { } instant ? TimeZoneInfo.ConvertTime(instant, zone).DateTime : null;

    private static DateTimeOffset? FromZone(DateTime? time, TimeZoneInfo zone) =>
        time is { } local ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local)) : null;

    private static string? NullIfEmpty(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
