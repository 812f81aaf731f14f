using System.Diagnostics.CodeAnalysis;
using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Messages;

/// <summary>The messages that are selected: single ones, ranges, all that are shown, or all that there are.</summary>
internal sealed class MessageSelection
{
    private readonly Dictionary<string, SelectedMessage> _messages = new(StringComparer.Ordinal);
    private string? _last;

    /// <summary>How many they are.</summary>
    public int Count => _messages.Count;

    /// <summary>The bytes that they have.</summary>
    public long Size => _messages.Values.Sum(static message => message.Size);

    /// <summary>The messages.</summary>
    public IReadOnlyList<SelectedMessage> Messages => [.. _messages.Values];

    /// <summary>Whether a message is selected.</summary>
    public bool Contains(string id) => _messages.ContainsKey(id);

    /// <summary>Whether all messages of a list are selected.</summary>
    public bool Holds([NotNullWhen(true)] IReadOnlyList<MessageSummaryResponse>? shown) =>
        shown is { Count: > 0 } && shown.All(message => Contains(message.Id));

    /// <summary>Selects a message, or no longer.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isRange">Whether all from the one that was touched last to this one are meant.</param>
    /// <param name="shown">The list that it stands in.</param>
    public void Toggle(MessageSummaryResponse message, bool isRange, IReadOnlyList<MessageSummaryResponse> shown)
    {
        Set(isRange ? Between(shown, _last, message.Id) : [message], !Contains(message.Id));
        _last = message.Id;
    }

    /// <summary>Selects messages, or no longer.</summary>
    public void Set(IEnumerable<MessageSummaryResponse> messages, bool isSelected)
    {
        foreach (var message in messages)
        {
            if (isSelected)
            {
                _messages[message.Id] = new SelectedMessage(message.Id, message.Mailbox, MessageText.ShortSubject(message), message.Size);
            }
            else
            {
                _messages.Remove(message.Id);
            }
        }
    }

    /// <summary>Selects nothing any more.</summary>
    public void Clear() => _messages.Clear();

    /// <summary>Takes out what a list showed and shows no longer.</summary>
    public void Follow(IReadOnlyList<MessageSummaryResponse> before, IReadOnlyList<MessageSummaryResponse> now)
    {
        var left = now.Select(static message => message.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var message in before.Where(message => !left.Contains(message.Id)))
        {
            _messages.Remove(message.Id);
        }
    }

    private static IEnumerable<MessageSummaryResponse> Between(IReadOnlyList<MessageSummaryResponse> shown, string? first, string last)
    {
        var ids = shown.Select(static message => message.Id).ToList();
        var (from, to) = (first is null ? -1 : ids.IndexOf(first), ids.IndexOf(last));
        return from < 0 ? [shown[to]] : shown.Skip(Math.Min(from, to)).Take(Math.Abs(from - to) + 1);
    }
}
