using System.Collections.Immutable;

namespace Lmtp.Server.Mime;

/// <summary>The kinds of <see cref="ImapValue"/>.</summary>
public enum ImapValueKind
{
    /// <summary>NIL.</summary>
    Nil,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text that goes out as it is.</summary>
    Text,

    /// <summary>Decoded text, which IMAP encodes again when it is sent; stored as bytes in UTF-8.</summary>
    Decoded,

    /// <summary>A list.</summary>
    List,
}

/// <summary>One value of ENVELOPE or BODYSTRUCTURE, in the form in which WildDuck stores them.</summary>
public readonly struct ImapValue
{
    private readonly object? _value;

    private ImapValue(ImapValueKind kind, object? value, int number = 0)
    {
        Kind = kind;
        _value = value;
        Number = number;
    }

    /// <summary>NIL.</summary>
    public static ImapValue Nil => default;

    /// <summary>What the value is.</summary>
    public ImapValueKind Kind { get; }

    /// <summary>The number, for that kind.</summary>
    public int Number { get; }

    /// <summary>The text, for both kinds of text.</summary>
    public string Text => (string)_value!;

    /// <summary>The items of a list.</summary>
    public ImmutableArray<ImapValue> Items => (ImmutableArray<ImapValue>)_value!;

    /// <summary>A number.</summary>
    public static ImapValue FromNumber(int number) => new(ImapValueKind.Number, null, number);

    /// <summary>Text that goes out as it is.</summary>
    public static ImapValue FromText(string text) => new(ImapValueKind.Text, text);

    /// <summary>Text, or NIL when it is null or empty.</summary>
    public static ImapValue FromTextOrNil(string? text) => string.IsNullOrEmpty(text) ? Nil : FromText(text);

    /// <summary>Decoded text.</summary>
    public static ImapValue FromDecoded(string text) => new(ImapValueKind.Decoded, text);

    /// <summary>A list.</summary>
    public static ImapValue FromList(IEnumerable<ImapValue> items) => new(ImapValueKind.List, items.ToImmutableArray());
}
