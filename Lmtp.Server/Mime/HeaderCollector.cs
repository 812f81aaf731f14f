using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// Gathers the header fields of all nodes of a message in one growing buffer, so that a field is two numbers until
/// somebody wants its text.
/// </summary>
internal sealed class HeaderCollector : IDisposable
{
    private const int FirstBytes = 4096;
    private const int FirstFields = 64;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private Range[] _fields = ArrayPool<Range>.Shared.Rent(FirstFields);
    private int _length;
    private bool _atLineStart = true;
    private int _firstFieldOfNode;

    private readonly record struct Range(int Start, int Length);

    /// <summary>Bytes held so far.</summary>
    public int Length => _length;

    /// <summary>Fields held so far.</summary>
    public int Count { get; private set; }

    /// <summary>The next line is the first one of another node: it is never a fold.</summary>
    public void BeginNode() => _firstFieldOfNode = Count;

    /// <summary>Takes a piece, not empty, of the line that is being received.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        if (_atLineStart)
        {
            _atLineStart = false;
            if (Count > _firstFieldOfNode && Whitespace.Is(text[0]))
            {
                // The break between the lines of a folded field is CRLF in the tree, whatever it was on the wire.
                AppendToField("\r\n"u8);
            }
            else
            {
                BeginField();
            }
        }

        AppendToField(text);
    }

    /// <summary>The line that was being received has ended.</summary>
    public void EndLine() => _atLineStart = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            ArrayPool<Range>.Shared.Return(_fields);
            (_bytes, _fields) = ([], []);
        }
    }

    /// <summary>A field by its position over all nodes. Valid until something is appended.</summary>
    public HeaderField this[int index] => new(_bytes, _fields[index].Start, _fields[index].Length);

    private void BeginField()
    {
        if (Count == _fields.Length)
        {
            Grow(ref _fields, Count, Count * 2);
        }

        _fields[Count++] = new Range(_length, 0);
    }

    private void AppendToField(ReadOnlySpan<byte> text)
    {
        if (_bytes.Length - _length < text.Length)
        {
            Grow(ref _bytes, _length, Math.Max(_length * 2, _length + text.Length));
        }

        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        ref var field = ref _fields[Count - 1];
        field = field with { Length = field.Length + text.Length };
    }

    private static void Grow<T>(ref T[] items, int count, int capacity)
    {
        var grown = ArrayPool<T>.Shared.Rent(capacity);
        items.AsSpan(0, count).CopyTo(grown);
        ArrayPool<T>.Shared.Return(items);
        items = grown;
    }
}
