using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Messages;

/// <summary>How messages are named.</summary>
internal static class MessageText
{
    private const int MaxNameLength = 60;
    private const int MaxListed = 256;
    private const int MaxAuthors = 3;
    private const int MaxFlags = 32;
    private const int MaxCarried = 32 * 1024;
    private const int AddressLength = 80;

    /// <summary>The subject, or that there is none.</summary>
    public static string Subject(MessageSummaryResponse message) =>
        string.IsNullOrWhiteSpace(message.Subject) ? Resources.Texts.NoSubject : message.Subject;

    /// <summary>The subject in few characters.</summary>
    public static string ShortSubject(MessageSummaryResponse message)
    {
        var subject = Subject(message);
        return subject.Length <= MaxNameLength ? subject : $"{Cut(subject, MaxNameLength)}…";
    }

    /// <summary>The authors, by name where they have one.</summary>
    public static string Authors(MessageSummaryResponse message) => message.From.Count == 0
        ? Resources.Texts.NoSender
        : string.Join(", ", message.From.Select(author => author.Name.Length > 0 ? author.Name : author.Address));

    /// <summary>The message without what only its frame needs; how many HTML parts there are stays.</summary>
    public static MessageResponse WithoutHtml(MessageResponse message) => message with
    {
        Html = [.. message.Html.Select(static _ => string.Empty)],
        Headers = [],
        References = [],
    };

    /// <summary>Whether a page may carry the message along; what is larger is read twice instead.</summary>
    public static bool IsSmall(MessageResponse message) =>
        message.Text.Length + message.Subject.Length + message.Header.Sum(static line => line.Length)
            + (AddressLength * (message.From.Count + message.To.Count + message.Cc.Count + message.ReplyTo.Count)) <= MaxCarried;

    /// <summary>The message with no more of it than a list shows.</summary>
    public static MessageSummaryResponse ForList(MessageSummaryResponse message) => message with
    {
        Subject = Cut(message.Subject, MaxListed),
        From = [.. message.From.Take(MaxAuthors).Select(static author => author with { Name = Cut(author.Name, MaxListed) })],
        To = [],
        Intro = Cut(message.Intro, MaxListed),
        MessageId = string.Empty,
        Flags = [.. message.Flags.Take(MaxFlags)],
    };

    /// <summary>Whether it has not been read.</summary>
    public static bool IsUnseen(MessageSummaryResponse message) => !message.Flags.Contains(@"\Seen");

    /// <summary>Whether it is flagged.</summary>
    public static bool IsFlagged(MessageSummaryResponse message) => message.Flags.Contains(@"\Flagged");

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
