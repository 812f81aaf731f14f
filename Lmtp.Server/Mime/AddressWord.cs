using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>A word of an entry, perhaps put together from pieces with nothing between them.</summary>
/// <param name="text">The first piece.</param>
/// <param name="isQuoted">Whether any of it stood in quotes.</param>
internal struct AddressWord(string text, bool isQuoted)
{
    private StringBuilder? _builder;
    private string? _text = text;

    public bool IsQuoted { get; } = isQuoted;

    public string Text => _text ??= _builder!.ToString();

    private readonly char Last => _text is not null ? _text[^1] : _builder![^1];

    /// <summary>A comment may stand inside an address beside the @, but must not make one word of two.</summary>
    public readonly bool MayGoOnBehindComment(ReadOnlySpan<char> piece) => Last == '@' || piece[0] == '@';

    public void Append(ReadOnlySpan<char> piece)
    {
        _builder ??= new StringBuilder(_text);
        _builder.Append(piece);
        _text = null;
    }
}
