using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// The parameters of one header value that come in pieces (RFC 2231 section 3), in any order. However many pieces there
/// are, they stand in memory that goes back to pools.
/// </summary>
internal sealed class ContinuedParameters : IDisposable
{
    private const int FirstPieces = 64;

    // A power of two: pieces that come again soon are replaced at once.
    private const int Recent = 256;

    // The largest index of an ECMAScript array is 2^32 - 2; a piece beyond it is not part of the value.
    private const double MaxIndex = 4294967294;

    private readonly TextBuffer _texts = new();
    private readonly ParameterTable _names = new();
    private readonly List<bool> _charsetExpected = [];
    private readonly int[] _recent = new int[Recent];
    private ulong[] _keys = ArrayPool<ulong>.Shared.Rent(FirstPieces);
    private TextRange[] _pieces = ArrayPool<TextRange>.Shared.Rent(FirstPieces);
    private int _count;
    private bool _isOrdered = true;

    /// <summary>The number of parameters.</summary>
    public int Count => _names.Count;

    /// <summary>Adds a piece; of those with one index the last one counts.</summary>
    /// <param name="name">The name in lower case, without star and index.</param>
    /// <param name="charsetExpected">Whether the first piece begins with a charset and a language, if this one is met first.</param>
    /// <param name="index">The index.</param>
    /// <param name="text">The text.</param>
    public void Add(ReadOnlySpan<char> name, bool charsetExpected, double index, ReadOnlySpan<char> text)
    {
        var number = _names.PositionOf(name, out var isNew);
        if (isNew)
        {
            _charsetExpected.Add(charsetExpected);
        }

        if (index > MaxIndex)
        {
            return;
        }

        var start = _texts.Length;
        _texts.Append(text);
        var key = ((ulong)(uint)number << 32) | (uint)index;
        ref var recent = ref _recent[(number + (int)(uint)index) & (Recent - 1)];
        if (recent < _count && _count > 0 && _keys[recent] == key)
        {
            _pieces[recent] = _texts.Since(start);
            return;
        }

        if (_count == _keys.Length || _count == _pieces.Length)
        {
            Grow(ref _keys);
            Grow(ref _pieces);
        }

        recent = _count;
        _isOrdered &= _count == 0 || _keys[_count - 1] < key;
        _keys[_count] = key;
        _pieces[_count++] = _texts.Since(start);
    }

    /// <summary>Sets each of them to its value as an encoded word, after all other parameters have been set.</summary>
    public void CopyTo(ParameterTable parameters)
    {
        var order = ArrayPool<int>.Shared.Rent(_count + 1);
        var starts = ArrayPool<int>.Shared.Rent(Count + 1);
        for (var position = 0; position < _count; position++)
        {
            order[position] = position;
        }

        if (!_isOrdered)
        {
            _keys.AsSpan(0, _count).Sort(order.AsSpan(0, _count));
        }

        var start = 0;
        for (var name = 0; name <= Count; name++)
        {
            while (start < _count && _keys[start] >> 32 < (ulong)name)
            {
                start++;
            }

            starts[name] = start;
        }

        using var scratch = new ScratchText();
        var names = _names.HasArrayIndexes ? ArrayIndexesFirst() : null;
        var earlier = parameters.Count;
        for (var number = 0; number < Count; number++)
        {
            var name = names is null ? number : names[number];
            scratch.Buffer.Clear();
            AppendEncodedWord(order, starts[name], starts[name + 1], _charsetExpected[name], scratch.Buffer);
            parameters.SetOnce(_names.NameAt(name), scratch.Buffer.Text, earlier);
        }

        ArrayPool<int>.Shared.Return(order);
        ArrayPool<int>.Shared.Return(starts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _texts.Dispose();
        _names.Dispose();
        if (_keys.Length > 0)
        {
            ArrayPool<ulong>.Shared.Return(_keys);
            ArrayPool<TextRange>.Shared.Return(_pieces);
            (_keys, _pieces) = ([], []);
        }
    }

    /// <summary>The names as ECMAScript enumerates them.</summary>
    private int[] ArrayIndexesFirst() =>
    [
        .. Enumerable.Range(0, Count)
            .OrderBy(name => ParameterList.IsArrayIndex(_names.NameAt(name), out var index) ? index : long.MaxValue),
    ];

    private void AppendEncodedWord(int[] order, int start, int end, bool charsetExpected, TextBuffer word)
    {
        ReadOnlySpan<char> charset = charsetExpected ? "" : "utf-8";
        ReadOnlySpan<char> beginning = [];
        var next = NextPiece(order, start, end, out var first);
        if (next > start && charsetExpected && (uint)_keys[start] == 0)
        {
            SplitCharset(_texts[_pieces[first]], out charset, out beginning);
            start = next;
        }

        word.Append("=?");
        Casing.AppendUpper(charset.IsEmpty ? "ISO-8859-1" : charset, word);
        word.Append("?Q?");
        var textStart = word.Length;
        word.Append(beginning);
        while (start < end)
        {
            start = NextPiece(order, start, end, out var piece);
            word.Append(_texts[_pieces[piece]]);
        }

        word.Tail(textStart).Replace('%', '=');
        word.Append("?=");
    }

    /// <summary>Finds the last one of the pieces with one index; returns where those with the next index begin.</summary>
    private int NextPiece(int[] order, int start, int end, out int piece)
    {
        piece = -1;
        var key = start < end ? _keys[start] : 0;
        for (; start < end && _keys[start] == key; start++)
        {
            piece = Math.Max(piece, order[start]);
        }

        return start;
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

    private static void Grow<T>(ref T[] items)
    {
        var grown = ArrayPool<T>.Shared.Rent(items.Length * 2);
        items.CopyTo(grown, 0);
        ArrayPool<T>.Shared.Return(items);
        items = grown;
    }
}
