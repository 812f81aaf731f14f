namespace Lmtp.Server.Mime;

/// <summary>
/// One value of ENVELOPE or BODYSTRUCTURE, in the form in which WildDuck stores them. Valid as long as the message is.
/// </summary>
public readonly struct ImapValue
{
    private readonly ImapStructure? _structure;
    private readonly int _position;

    internal ImapValue(ImapStructure structure, int position)
    {
        _structure = structure;
        _position = position;
    }

    /// <summary>What the value is.</summary>
    public ImapValueKind Kind => _structure is null ? ImapValueKind.Nil : _structure[_position].Kind;

    /// <summary>The number, for that kind.</summary>
    public int Number => _structure![_position].Number;

    /// <summary>The text, for both kinds of text.</summary>
    public string Text => KnownTexts.Get(_structure!.TextAt(_position));

    /// <summary>The items of a list.</summary>
    public ImapValueList Items => new(_structure!, _position);
}
