namespace Lmtp.Server.Mime;

/// <summary>
/// Tells lines that merely look like delimiters from those that are, in a time that depends neither on the number of
/// messages around them nor, but for few of them, on the length of the line.
/// </summary>
internal sealed class DelimiterFilter
{
    // Below these numbers the comparison costs less than the hashes.
    private const int LeastLevels = 4;
    private const int LeastLines = 8;

    private readonly HashSet<int> _hashes = [];
    private bool _isFilled;
    private int _lines;
    private ulong _lengths;
    private ulong _firstBytes;

    /// <summary>Another node takes the lines now.</summary>
    public void Reset()
    {
        _lines = 0;
        _isFilled = false;
    }

    /// <summary>Whether a line that begins with two hyphens may be the delimiter of one of the levels.</summary>
    public bool MayMatch(ReadOnlySpan<byte> line, List<MessageLevel> levels)
    {
        if (!_isFilled)
        {
            Fill(levels);
        }

        if (line.Length <= 2 || (_lengths & Bit(line.Length)) == 0 || (_firstBytes & Bit(line[2])) == 0)
        {
            return false;
        }

        if (levels.Count < LeastLevels || _lines++ < LeastLines)
        {
            return IsDelimiter(line, levels);
        }

        if (_lines == LeastLines + 1)
        {
            FillHashes(levels);
        }

        return _hashes.Contains(Delimiter.Hash(line));
    }

    private static ulong Bit(int number) => 1UL << (number & 63);

    private static bool IsDelimiter(ReadOnlySpan<byte> line, List<MessageLevel> levels)
    {
        foreach (var level in levels)
        {
            if (!level.Current.InHeader
                && ((level.Current.Parent?.Delimiter is { } parent && (line.SequenceEqual(parent.Open) || line.SequenceEqual(parent.Close)))
                    || (level.Current.Delimiter is { } own && line.SequenceEqual(own.Open))))
            {
                return true;
            }
        }

        return false;
    }

    private void Fill(List<MessageLevel> levels)
    {
        _isFilled = true;
        (_lengths, _firstBytes) = (0, 0);
        foreach (var level in levels)
        {
            if (!level.Current.InHeader)
            {
                Fill(level.Current.Parent?.Delimiter);
                Fill(level.Current.Delimiter);
            }
        }
    }

    private void Fill(Delimiter? delimiter)
    {
        if (delimiter is not null)
        {
            _lengths |= Bit(delimiter.Open.Length) | Bit(delimiter.Close.Length);
            _firstBytes |= Bit(delimiter.Open[2]);
        }
    }

    private void FillHashes(List<MessageLevel> levels)
    {
        _hashes.Clear();
        foreach (var level in levels)
        {
            if (level.Current.InHeader)
            {
                continue;
            }

            if (level.Current.Parent?.Delimiter is { } parent)
            {
                _hashes.Add(parent.OpenHash);
                _hashes.Add(parent.CloseHash);
            }

            if (level.Current.Delimiter is { } own)
            {
                _hashes.Add(own.OpenHash);
            }
        }
    }
}
