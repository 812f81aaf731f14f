using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// ENVELOPE and BODYSTRUCTURE of one message, written value by value into memory that goes back to a pool.
/// </summary>
/// <param name="texts">Receives the texts of all values.</param>
internal sealed class ImapStructure(TextBuffer texts) : IDisposable
{
    private const int FirstTokens = 64;

    // What a value takes in the document: its type and its place in the list around it, and for all but NIL a length.
    private const int LeastBytes = 3;
    private const int LengthBytes = 4;

    private Token[] _tokens = [];
    private int _count;
    private long _weight;

    /// <summary>A value. Of a text it says where it stands, of a list what stands behind it.</summary>
    public readonly record struct Token(ImapValueKind Kind, int Number, int Length = 0);

    /// <summary>The texts of all values.</summary>
    public TextBuffer Texts => texts;

    public Token this[int position] => _tokens.AsSpan(0, _count)[position];

    /// <summary>The value that is written next.</summary>
    public int Position => _count;

    /// <summary>Whether there is more than a document can hold, so that there is no need to go on.</summary>
    public bool IsFull => _weight > MessageIndexerOptions.MaxMongoDocumentBytes;

    public ReadOnlySpan<char> TextAt(int position) => Texts[new TextRange(this[position].Number, this[position].Length)];

    /// <summary>The position behind a value and everything in it.</summary>
    public int EndOf(int position) => this[position] is { Kind: ImapValueKind.List } list ? list.Number : position + 1;

    public void Nil() => Add(default);

    public void Number(int number) => Add(new Token(ImapValueKind.Number, number));

    /// <summary>Begins a list; returns its position for <see cref="EndList"/>.</summary>
    public int BeginList()
    {
        Add(new Token(ImapValueKind.List, 0));
        return _count - 1;
    }

    public void EndList(int list) => _tokens[list] = new Token(ImapValueKind.List, _count);

    /// <summary>Text that goes out as it is.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        var start = Texts.Length;
        Texts.Append(text);
        EndText(start);
    }

    /// <summary>Text, or NIL when it is empty.</summary>
    public void TextOrNil(ReadOnlySpan<char> text)
    {
        var start = Texts.Length;
        Texts.Append(text);
        EndTextOrNil(start);
    }

    /// <summary>Text that goes out as it is, in upper case.</summary>
    public void UpperText(ReadOnlySpan<char> text)
    {
        var start = Texts.Length;
        Casing.AppendUpper(text, Texts);
        EndText(start);
    }

    /// <summary>Text whose encoded words are decoded; without white space around it if so wanted.</summary>
    public void Decoded(ReadOnlySpan<char> text, bool isTrimmed = false)
    {
        var start = Texts.Length;
        EncodedWords.Decode(text, Texts);
        var decoded = Texts.Since(start);
        if (isTrimmed)
        {
            decoded = Texts.Trim(decoded);
        }

        Add(new Token(ImapValueKind.Decoded, decoded.Start, decoded.Length));
    }

    /// <summary>Makes what was appended to <see cref="Texts"/> a decoded text.</summary>
    public void EndDecoded(int start) => Add(new Token(ImapValueKind.Decoded, start, Texts.Length - start));

    /// <summary>Makes what was appended to <see cref="Texts"/> a text that goes out as it is.</summary>
    public void EndText(int start) => Add(new Token(ImapValueKind.Text, start, Texts.Length - start));

    /// <summary>Makes what was appended to <see cref="Texts"/> a text, or NIL when that is nothing.</summary>
    public void EndTextOrNil(int start)
    {
        if (Texts.Length == start)
        {
            Nil();
        }
        else
        {
            EndText(start);
        }
    }

    /// <summary>Writes once more the value at a position, with everything in it.</summary>
    public void Repeat(int position)
    {
        var (end, shift) = (EndOf(position), _count - position);
        for (; position < end; position++)
        {
            var token = this[position];
            Add(token.Kind == ImapValueKind.List ? token with { Number = token.Number + shift } : token);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        _tokens = [];
        _count = 0;
        _weight = 0;
    }

    private void Add(Token token)
    {
        if (_count == _tokens.Length)
        {
            var grown = ArrayPool<Token>.Shared.Rent(Math.Max(FirstTokens, _count * 2));
            _tokens.AsSpan(0, _count).CopyTo(grown);
            Return();
            _tokens = grown;
        }

        _tokens[_count++] = token;
        _weight += LeastBytes + (token.Kind == ImapValueKind.Nil ? 0 : LengthBytes + token.Length);
    }

    private void Return()
    {
        if (_tokens.Length > 0)
        {
            ArrayPool<Token>.Shared.Return(_tokens);
        }
    }
}
