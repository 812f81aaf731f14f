using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>Text that grows, in memory that goes back to a pool.</summary>
internal sealed class TextBuffer : IDisposable
{
    private const int LeastCapacity = 256;

    private char[] _characters;

    public TextBuffer(int capacity = LeastCapacity) => _characters = ArrayPool<char>.Shared.Rent(Math.Max(capacity, LeastCapacity));

    /// <summary>The number of UTF-16 units.</summary>
    public int Length { get; private set; }

    /// <summary>The text. Valid until something is appended.</summary>
    public ReadOnlySpan<char> Text => _characters.AsSpan(0, Length);

    public void Append(char character)
    {
        if (Length == _characters.Length)
        {
            Grow(1);
        }

        _characters[Length++] = character;
    }

    public void Append(char character, int count)
    {
        Reserve(count).Fill(character);
        Length += count;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Reserve(text.Length));
        Length += text.Length;
    }

    /// <summary>Forgets everything from a position on.</summary>
    public void CutAt(int length) => Length = Math.Min(Length, length);

    public void Clear() => Length = 0;

    /// <inheritdoc/>
    public override string ToString() => new(_characters, 0, Length);

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_characters);
        _characters = [];
        Length = 0;
    }

    private Span<char> Reserve(int count)
    {
        if (count > _characters.Length - Length)
        {
            Grow(count);
        }

        return _characters.AsSpan(Length, count);
    }

    private void Grow(int count)
    {
        var grown = ArrayPool<char>.Shared.Rent(Math.Max(_characters.Length * 2, Length + count));
        Text.CopyTo(grown);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = grown;
    }
}
