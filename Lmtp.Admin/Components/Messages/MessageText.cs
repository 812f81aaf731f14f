using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Messages;

/// <summary>How messages are named.</summary>
internal static class MessageText
{
    private const int MaxNameLength = 60;

    /// <summary>The subject, or that there is none.</summary>
    public static string Subject(MessageSummaryResponse message) =>
        string.IsNullOrWhiteSpace(message.Subject) ? Resources.Texts.NoSubject : message.Subject;

    /// <summary>The subject in few characters.</summary>
    public static string ShortSubject(MessageSummaryResponse message)
    {
        var subject = Subject(message);
        if (subject.Length <= MaxNameLength)
        {
            return subject;
        }

        var length = char.IsHighSurrogate(subject[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength;
        return $"{subject[..length]}…";
    }

    /// <summary>The authors, by name where they have one.</summary>
    public static string Authors(MessageSummaryResponse message) => message.From.Count == 0
        ? Resources.Texts.NoSender
        : string.Join(", ", message.From.Select(author => author.Name.Length > 0 ? author.Name : author.Address));

    /// <summary>Whether it has not been read.</summary>
    public static bool IsUnseen(MessageSummaryResponse message) => !message.Flags.Contains(@"\Seen");

    /// <summary>Whether it is flagged.</summary>
    public static bool IsFlagged(MessageSummaryResponse message) => message.Flags.Contains(@"\Flagged");
}
