using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Text that grows, in memory that goes back to a pool.</summary>
internal sealed class TextBuffer : IDisposable
{
    private const int LeastCapacity = 256;

    private char[] _characters = [];

    public TextBuffer()
    {
    }

    public TextBuffer(int capacity) => EnsureRoom(capacity);

    /// <summary>The number of UTF-16 units.</summary>
    public int Length { get; private set; }

    /// <summary>The text. Valid until something is appended.</summary>
    public ReadOnlySpan<char> Text => _characters.AsSpan(0, Length);

    /// <summary>A part of the text. Valid until something is appended.</summary>
    public ReadOnlySpan<char> this[TextRange range] => _characters.AsSpan(0, Length).Slice(range.Start, range.Length);

    /// <summary>What was appended from a position on.</summary>
    public TextRange Since(int start) => new(start, Length - start);

    /// <summary>A part of the text without the white space around it.</summary>
    public TextRange Trim(TextRange range)
    {
        var trimmed = Whitespace.Trim(this[range]);
        this[range].Overlaps(trimmed, out var start);
        return new TextRange(range.Start + start, trimmed.Length);
    }

    /// <summary>Keeps nothing but a part of the text, unfolded.</summary>
    public void Unfold(TextRange range)
    {
        this[range].CopyTo(_characters);
        Length = HeaderText.Unfold(_characters.AsSpan(0, range.Length));
    }

    /// <summary>What was appended from a position on, to be changed in place.</summary>
    public Span<char> Tail(int start) => _characters.AsSpan(start, Length - start);

    public void Append(char character)
    {
        EnsureRoom(1);
        _characters[Length++] = character;
    }

    public void Append(char character, int count)
    {
        EnsureRoom(count);
        _characters.AsSpan(Length, count).Fill(character);
        Length += count;
    }

    /// <summary>Appends text, which must not stand in this buffer.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        EnsureRoom(text.Length);
        Copy(text);
    }

    /// <summary>Appends a word, a space before it if so wanted; tells where it stands.</summary>
    public TextRange AppendWord(ReadOnlySpan<char> word, bool isSeparated)
    {
        EnsureRoom(word.Length + 1);
        if (isSeparated)
        {
            _characters[Length++] = ' ';
        }

        var range = new TextRange(Length, word.Length);
        Copy(word);
        return range;
    }

    /// <summary>Appends bytes read as UTF-8; what makes no sense becomes U+FFFD.</summary>
    public void AppendUtf8(ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        Length += LenientUtf8.Decode(bytes, _characters.AsSpan(Length));
    }

    /// <summary>Appends what an encoding makes of bytes.</summary>
    public void AppendDecoded(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(encoding.GetMaxCharCount(bytes.Length));
        Length += encoding.GetChars(bytes, _characters.AsSpan(Length));
    }

    /// <summary>Forgets everything from a position on.</summary>
    public void CutAt(int length) => Length = Math.Min(Length, length);

    public void Clear() => Length = 0;

    /// <summary>Forgets everything, and gives back the memory if it is more than this many UTF-16 units.</summary>
    public void Clear(int kept)
    {
        if (_characters.Length > kept)
        {
            Dispose();
        }

        Length = 0;
    }

    /// <inheritdoc/>
    public override string ToString() => new(_characters, 0, Length);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_characters.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_characters);
        }

        _characters = [];
        Length = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Copy(ReadOnlySpan<char> text)
    {
        // Most pieces of a hostile header are so short that copying them character by character is faster.
        const int Short = 8;
        var room = _characters.AsSpan(Length, text.Length);
        Length += text.Length;
        if (text.Length > Short)
        {
            text.CopyTo(room);
            return;
        }

        for (var index = 0; index < text.Length; index++)
        {
            room[index] = text[index];
        }
    }

    private void EnsureRoom(int count)
    {
        if (count > _characters.Length - Length)
        {
            Grow(count);
        }
    }

    private void Grow(int count)
    {
        var grown = ArrayPool<char>.Shared.Rent(Math.Max(Math.Max(_characters.Length * 2, LeastCapacity), Length + count));
        Text.CopyTo(grown);
        if (_characters.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_characters);
        }

        _characters = grown;
    }
}
