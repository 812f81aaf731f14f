using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// The parameters of one header value that come in pieces (RFC 2231 section 3), in any order. However many pieces there
/// are, they stand in memory that goes back to pools.
/// </summary>
internal sealed class ContinuedParameters : IDisposable
{
    private const int FirstPieces = 64;

    // The largest index of an ECMAScript array is 2^32 - 2; a piece beyond it is not part of the value.
    private const double MaxIndex = 4294967294;

    private readonly TextBuffer _texts = new();
    private readonly List<(string Name, bool CharsetExpected)> _names = [];
    private readonly Dictionary<string, int> _numbers = [];
    private Piece[] _pieces = ArrayPool<Piece>.Shared.Rent(FirstPieces);
    private int _count;
    private bool _isOrdered = true;

    private readonly record struct Piece(int Name, double Index, int Position, TextRange Text) : IComparable<Piece>
    {
        public int CompareTo(Piece other) =>
            Name != other.Name ? Name - other.Name
            : Index < other.Index ? -1
            : Index > other.Index ? 1
            : Position - other.Position;

        public bool IsOf(in Piece other) => Name == other.Name && Index.Equals(other.Index);
    }

    /// <summary>The number of parameters.</summary>
    public int Count => _names.Count;

    /// <summary>Adds a piece; of those with one index the last one counts.</summary>
    /// <param name="name">The name in lower case, without star and index.</param>
    /// <param name="charsetExpected">Whether the first piece begins with a charset and a language, if this one is met first.</param>
    /// <param name="index">The index.</param>
    /// <param name="text">The text.</param>
    public void Add(ReadOnlySpan<char> name, bool charsetExpected, double index, ReadOnlySpan<char> text)
    {
        if (_count == _pieces.Length)
        {
            var grown = ArrayPool<Piece>.Shared.Rent(_count * 2);
            _pieces.AsSpan(0, _count).CopyTo(grown);
            ArrayPool<Piece>.Shared.Return(_pieces);
            _pieces = grown;
        }

        var start = _texts.Length;
        _texts.Append(text);
        var piece = new Piece(NumberOf(name, charsetExpected), index, _count, _texts.Since(start));
        _isOrdered &= _count == 0 || _pieces[_count - 1].CompareTo(piece with { Position = 0 }) < 0;
        _pieces[_count++] = piece;
    }

    /// <summary>Sets each of them to its value as an encoded word.</summary>
    public void CopyTo(ParameterList parameters)
    {
        var pieces = _pieces.AsSpan(0, _count);
        if (!_isOrdered)
        {
            pieces.Sort();
        }

        var values = new string[_names.Count];
        while (!pieces.IsEmpty)
        {
            var name = pieces[0].Name;
            var length = 1;
            while (length < pieces.Length && pieces[length].Name == name)
            {
                length++;
            }

            values[name] = ToEncodedWord(pieces[..length], _names[name].CharsetExpected);
            pieces = pieces[length..];
        }

        var order = Enumerable.Range(0, _names.Count);
        if (_names.Exists(static name => ParameterList.IsArrayIndex(name.Name, out _)))
        {
            order = order.OrderBy(number => ParameterList.IsArrayIndex(_names[number].Name, out var index) ? index : long.MaxValue);
        }

        foreach (var number in order)
        {
            parameters.Set(_names[number].Name, values[number]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _texts.Dispose();
        if (_pieces.Length > 0)
        {
            ArrayPool<Piece>.Shared.Return(_pieces);
            _pieces = [];
        }
    }

    private int NumberOf(ReadOnlySpan<char> name, bool charsetExpected)
    {
        if (_count > 0 && _pieces[_count - 1].Name is var last && name.SequenceEqual(_names[last].Name))
        {
            return last;
        }

        if (!_numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var number))
        {
            number = _names.Count;
            _names.Add((name.ToString(), charsetExpected));
            _numbers.Add(_names[number].Name, number);
        }

        return number;
    }

    private string ToEncodedWord(ReadOnlySpan<Piece> pieces, bool charsetExpected)
    {
        ReadOnlySpan<char> charset = charsetExpected ? "" : "utf-8";
        using var scratch = new ScratchText();
        var text = scratch.Buffer;
        for (var number = 0; number < pieces.Length && pieces[number].Index <= MaxIndex; number++)
        {
            var piece = pieces[number];
            if (number + 1 < pieces.Length && pieces[number + 1].IsOf(piece))
            {
                continue;
            }

            var remainder = _texts[piece.Text];
            if (piece.Index == 0 && charsetExpected)
            {
                SplitCharset(remainder, out charset, out remainder);
            }

            text.Append(remainder);
        }

        text.Tail(0).Replace('%', '=');
        return $"=?{(charset.IsEmpty ? "ISO-8859-1" : Casing.ToUpper(charset))}?Q?{text.Text}?=";
    }

    /// <summary>Splits <c>charset'language'text</c>; without both quotes there is no text.</summary>
    private static void SplitCharset(ReadOnlySpan<char> piece, out ReadOnlySpan<char> charset, out ReadOnlySpan<char> text)
    {
        var quote = piece.IndexOf('\'');
        charset = quote < 0 ? piece : piece[..quote];
        text = quote < 0 ? [] : piece[(quote + 1)..];
        var second = text.IndexOf('\'');
        text = second < 0 ? [] : text[(second + 1)..];
    }
}
